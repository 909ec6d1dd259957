import type { Instant } from '../../kernel/instant.ts'

/** What the shopper must do before a rail can go on. */
export type NextAction =
  /** open a page as the whole browser window, and be sent back (3-D Secure) */
  | { readonly kind: 'redirect'; readonly url: string }
  /** show a code that somebody scans or types in; `content` is what the code holds */
  | { readonly kind: 'present_code'; readonly content: string }
  /** send an amount oneself: `units` of an asset, in its smallest unit, to an address of a network */
  | {
      readonly kind: 'transfer'
      readonly network: string
      readonly asset: string
      readonly address: string
      readonly units: string
    }

/** An attempt that stands until its shopper has acted, and no longer than to its deadline. */
export type ShopperWait = { readonly action: NextAction; readonly until: Instant }
