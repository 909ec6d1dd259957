import type { App, StoredPayment } from '../../app/app.ts'
import type { LocalChains } from '../../app/chain/local-chains.ts'
import type { PaymentChanges } from '../../app/chain/payment-changes.ts'
import type { WalletLinks } from '../../app/protocol-profile.ts'
import type { WebBuild } from '../shared/build/web-build.ts'

/** The shop's own pages: null where the request named none. Absolute http(s) URLs, checked when the request came. */
export type ShopLinks = WalletLinks

/** What the page needs where a shopper pays from a wallet. */
export type PayApp = Pick<App, 'mode' | 'publicUrl' | 'clock' | 'merchants' | 'payments' | 'chains'> & {
  /** undefined for payments that are not paid from a wallet */
  readonly linksOf: (stored: StoredPayment) => ShopLinks | undefined
  /** the sandbox's demo wallet; undefined in live mode */
  readonly wallet: LocalChains | undefined
  readonly changes: PaymentChanges
  readonly build: WebBuild
}
