import type { App } from '../../app/app.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Currency } from '../../kernel/currency.ts'

/** An amount that its payer has chosen. */
export type OwnAmount = {
  readonly merchant: MerchantTerms
  readonly purpose: 'account' | 'donation'
  readonly currency: Currency
  /** minor units */
  readonly total: bigint
  /** what the payer says it is for; empty for nothing */
  readonly forWhat: string
  /** the same again is the same payment */
  readonly key: string
  /** the page that it was chosen on */
  readonly pageUrl: string
}

/** What these pages need: what a merchant takes, and a payment of an amount that was chosen here. */
export type RequestApp = Pick<App, 'mode' | 'publicUrl' | 'clock' | 'merchants' | 'chains'> & {
  /** the codes of what may be paid in, the usual one first */
  readonly currencies: readonly string[]
  readonly isBehindProxy: boolean
  /** Undefined when it is more or less than may be asked for. Throws `Unavailable`. */
  readonly open: (amount: OwnAmount) => Promise<{ readonly payment: Payment; readonly payUrl: string } | undefined>
}
