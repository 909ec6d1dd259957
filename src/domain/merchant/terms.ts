import type { MerchantId } from '../../kernel/ids.ts'

/** Smallest and largest order of one product, minor units of the merchant's currency. */
export type ProductLimits = { readonly product: string; readonly minimum: bigint; readonly maximum: bigint }

/** What a merchant agreed to: the facts about a merchant that decisions need. */
export type MerchantTerms = {
  readonly id: MerchantId
  readonly name: string
  /** four characters, first of every payment id: `A7K2` */
  readonly prefix: string
  readonly currency: string
  /** fee on what is captured, parts per million: 50_000 is 5 % */
  readonly feePpm: number
  /** tax on that fee, parts per million */
  readonly feeTaxPpm: number
  readonly products: readonly ProductLimits[]
  /** the longest an order may wait for its shopper, milliseconds */
  readonly maximumOrderExpiryMs: number
  /** how long before an authorization lapses its merchant is warned, milliseconds */
  readonly expiryWarningLeadMs: number
  /** IANA name: a plan's dates are days of this zone */
  readonly timeZone: string
  /** closed by the operator: nothing is sold or captured any more, what was sold may be given back */
  readonly isDisabled?: true
}
