import { readFileSync } from 'node:fs'
import { asset } from '../shared/style/asset.ts'

/** What the API reference needs beside the style of all pages. */
export const referenceStyle = asset('reference', 'css', readFileSync(new URL('reference.css', import.meta.url), 'utf8'))
