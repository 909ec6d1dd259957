import { readFileSync } from 'node:fs'
import type { Bundle } from '../shared/build/bundle.ts'

/** The most bytes with brotli that the page's script may have: it asks a wallet for two things. */
const sizeLimits = JSON.parse(readFileSync(new URL('size-limit.json', import.meta.url), 'utf8')) as {
  readonly request: number
}

/** The script of the page on which somebody asks another for money. */
export const requestBundle: Bundle = {
  name: 'request',
  entries: { request: 'src/web/request/browser/main.ts' },
  inputs: [
    ...['src/web/request/bundle.ts', 'src/web/request/browser', 'src/web/request/size-limit.json'],
    ...['src/web/request/ask/script-words.ts', 'src/web/shared/browser'],
  ],
  limits: sizeLimits,
}
