import type { App } from '../../app/app.ts'
import type { Payees } from '../../app/payee/payees.ts'
import type { Address } from '../../domain/chain/address.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import type { WebBuild } from '../shared/build/web-build.ts'

/** An amount that its payer has chosen. */
export type OwnAmount = {
  readonly merchant: MerchantTerms
  readonly purpose: 'account' | 'donation' | 'request'
  readonly currency: Currency
  /** minor units */
  readonly total: bigint
  /** what the payer says it is for; empty for nothing */
  readonly forWhat: string
  /** the same again is the same payment */
  readonly key: string
  /** the page that it was chosen on; null: who pays came from elsewhere */
  readonly pageUrl: string | null
  /** `321/0x...`, chain and token, where it may not be paid in anything else */
  readonly choices?: readonly string[]
}

/** A request of somebody without a shop. */
export type OwnRequest = { readonly payment: Payment; readonly forWhat: string; readonly payUrl: string }

/** What people without a shop ask others by. */
export type Asks = {
  readonly payees: Payees
  /** Undefined when it is not there, or was not made by such a person. */
  readonly find: (merchant: MerchantTerms, id: PaymentId) => Promise<OwnRequest | undefined>
  /** whose address the sandbox's demo wallet has; undefined in live mode */
  readonly demo: Address | undefined
}

/** What these pages need: what a merchant takes, and a payment of an amount that was chosen here. */
export type RequestApp = Pick<App, 'mode' | 'publicUrl' | 'clock' | 'merchants' | 'chains'> & {
  /** the codes of what may be paid in, the usual one first */
  readonly currencies: readonly string[]
  readonly isBehindProxy: boolean
  readonly build: Pick<WebBuild, 'find'>
  /** undefined where the operator lets nobody ask */
  readonly asks: Asks | undefined
  /** Undefined when it is more or less than may be asked for. Throws `Unavailable`. */
  readonly open: (amount: OwnAmount) => Promise<{ readonly payment: Payment; readonly payUrl: string } | undefined>
}
