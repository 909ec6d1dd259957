import type { Instant } from '../../../kernel/instant.ts'
import type { Uuid } from './uuid.ts'

/** A line of an order as it was priced; amounts are minor units, text is the merchant's and may be hostile. */
export type SoldLine = {
  readonly product: Uuid
  readonly name: string
  /** titles of the variations that were chosen */
  readonly variations: readonly string[]
  readonly quantity: number
  readonly unitPrice: bigint
  /** when the event begins that a seat was sold for */
  readonly startsAt: Instant | null
}

/** What an order of a catalogue holds beside its payment. */
export type OrderContents = {
  readonly lines: readonly SoldLine[]
  /** what was taken off, positive: a rule's or coupon's name as shoppers see it, null for the till's own */
  readonly discounts: readonly { readonly name: string | null; readonly amount: bigint }[]
  readonly delivery: { readonly name: string; readonly price: bigint } | null
}
