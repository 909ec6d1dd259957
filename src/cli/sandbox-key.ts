import type { PaymentId } from '../kernel/ids.ts'
import { prefixLength } from '../kernel/ids.ts'
import { scalapayMerchantKey, secondScalapayMerchantKey } from '../main/fixtures.ts'

/** Where the running server is, and whose key opens its sandbox calls. */
export type ServerOptions = { readonly url?: string; readonly key?: string }

export const urlFlag = '--url <url>'
export const urlHelp = 'the running server; default PUBLIC_URL, or this machine and PORT'
export const keyFlag = '--key <key>'
export const keyHelp = "a merchant key; default the sandbox's own"

/** The sandbox clock belongs to everybody, so any key will do. */
export function keyOf(options: ServerOptions): string {
  return options.key ?? scalapayMerchantKey
}

/** An order answers only to its own merchant: the second sandbox shop's orders are known by their first letters. */
export function keyForOrder(options: ServerOptions, token: PaymentId): string {
  const isSecond = token.slice(0, prefixLength) === 'SHP2'
  return options.key ?? (isSecond ? secondScalapayMerchantKey : scalapayMerchantKey)
}
