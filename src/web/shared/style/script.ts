import { readFileSync } from 'node:fs'
import { asset } from './asset.ts'

/** The one script of every hosted page; no page needs it. */
export const script = asset('pages', 'js', readFileSync(new URL('pages.js', import.meta.url), 'utf8'))
