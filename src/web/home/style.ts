import { readFileSync } from 'node:fs'
import { asset } from '../shared/style/asset.ts'

/** What the first page needs beside the style of all pages. */
export const homeStyle = asset('home', 'css', readFileSync(new URL('home.css', import.meta.url), 'utf8'))
