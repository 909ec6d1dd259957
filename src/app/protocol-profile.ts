import type { OrderContents } from '../domain/catalogue/model/order-contents.ts'
import type { Frequency } from '../domain/instalments/products.ts'
import type { Protocol } from '../domain/payment/payment.ts'
import type { Buyer } from '../domain/shopper/buyer.ts'
import type { OrderDetails } from '../domain/shopper/order-details.ts'
import type { WebhookRenderer } from '../domain/webhook/renderer.ts'
import type { Currency } from '../kernel/currency.ts'
import type { KeyKind, ReturnUrls, StoredPayment } from './app.ts'

/** Where who pays from a wallet comes from: the shop's own pages, and what may be paid in. */
export type WalletLinks = {
  readonly paid: string | null
  readonly cancel: string | null
  /** `321/0x...`, chain and token; absent: whatever the merchant takes */
  readonly choices?: readonly string[]
}

/**
 * What one merchant API brings with it, beside its routes. One value in the API's folder; everything outside asks it and
 * knows no API by name.
 */
export type ProtocolProfile = {
  readonly name: Protocol
  /** its name as people know it */
  readonly title: string
  /** what its amounts can be in; null: any that Tercet knows. A merchant of another currency could never sell by it. */
  readonly currencies: readonly Currency[] | null
  readonly keys: {
    /** first part of every key: `sp_live_...` */
    readonly prefix: string
    /** the first is the one that a merchant's server uses */
    readonly kinds: readonly [KeyKind, ...KeyKind[]]
    /** the kind whose keys sign webhooks, so that a sealed copy of them is kept; null when none does */
    readonly signing: KeyKind | null
    /** kinds whose keys are bare UUIDs, of 122 random bits, because a client takes no others; absent: none */
    readonly uuids?: readonly KeyKind[]
  }
  /**
   * The shop's addresses for a shopper who comes back from the hosted page; undefined for a payment without (a link sent by
   * e-mail). Null: payments of this API have no hosted page.
   */
  readonly returnUrls: ((stored: Pick<StoredPayment, 'details'>) => ReturnUrls | undefined) | null
  /** what an order says about when its pay-later instalment is due; null: orders of this API say nothing */
  readonly orderFrequency: ((stored: Pick<StoredPayment, 'details'>) => Frequency | undefined) | null
  /** who buys, as an order's request says; null: nothing of that is kept of this API's orders */
  readonly buyerOf: ((stored: Pick<StoredPayment, 'details'>) => Buyer) | null
  /** what an order shows of itself on the hosted page, and knows of its shopper; null: there is no such page */
  readonly orderView: ((stored: Pick<StoredPayment, 'details'>) => OrderDetails) | null
  /** what is kept beside the payment of an order of a catalogue, JSON text, as everybody reads it; null: this API has no catalogue */
  readonly orderContents: ((details: string) => OrderContents) | null
  /** the shop's pages for who pays from a wallet; null: payments of this API have no such page */
  readonly walletLinks: ((stored: Pick<StoredPayment, 'details'>) => WalletLinks) | null
  /** how the merchant is told of events; null when this API sends no webhooks */
  readonly webhooks: WebhookRenderer | null
}
