import { readFileSync } from 'node:fs'
import type { Bundle } from '../shared/build/bundle.ts'

/** The most bytes with brotli that the page's script may have. A library that speaks to wallets has sixty thousand: it is not needed. */
export const sizeLimits = JSON.parse(readFileSync(new URL('size-limit.json', import.meta.url), 'utf8')) as {
  readonly pay: number
}

/** The script of the page on which shoppers pay from a wallet. */
export const payBundle: Bundle = {
  name: 'pay',
  entries: { pay: 'src/web/pay/browser/main.ts' },
  inputs: [
    ...['src/web/pay/bundle.ts', 'src/web/pay/browser', 'src/web/pay/live', 'src/web/pay/size-limit.json'],
    'src/web/shared/browser',
  ],
  limits: sizeLimits,
}
