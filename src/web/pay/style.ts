import { readFileSync } from 'node:fs'
import { asset } from '../shared/style/asset.ts'

/** What the pay page looks like beside the common style sheet. */
export const payStyle = asset('pay', 'css', readFileSync(new URL('pay.css', import.meta.url), 'utf8'))
