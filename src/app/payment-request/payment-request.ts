import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { NewMessage } from '../../domain/message/message.ts'
import type { Payment, Protocol } from '../../domain/payment/payment.ts'
import type { RejectionFor, RejectionOf } from '../../domain/payment/rejection.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { Result } from '../../kernel/result.ts'

/** What a shop asks a shopper for, to be paid into the shop's own wallet. */
export type PaymentRequest = {
  readonly merchant: MerchantTerms
  readonly protocol: Protocol
  /** what its API calls this way to pay */
  readonly product: string
  /** the merchant's own name for the order: there is one open request for it at most */
  readonly reference: string
  readonly currency: Currency
  /** minor units */
  readonly total: bigint
  readonly expiryMs: number
  /** the request as its protocol keeps it, JSON text */
  readonly details: string
  /** told of this payment alone; checked by the caller */
  readonly callbackUrl: string | null
  /** an order of a shop waits for it, which may have to be called off there when nothing comes */
  readonly waitsInShop: boolean
  /** the mail that brings the shopper the link, if one is to be sent */
  readonly mail: ((payment: Payment) => NewMessage) | null
}

/** The payment, and the request as its protocol keeps it. */
export type StoredRequest = { readonly payment: Payment; readonly details: string }

export type PaymentRequestRefusal =
  | Exclude<RejectionOf<'create'>, { reason: 'key_reused' }>
  /** another request for the same order is on its way: the same again finds what became of it */
  | RejectionFor<'operation_in_progress'>
  /** something was paid for this order already, and now it is asked for another amount */
  | { readonly reason: 'paid_differently'; readonly payment: Payment }

/** Throws `Unavailable` when the database is away. */
export type PaymentRequests = {
  /** The open or paid request of that name, or a new one. Safe to repeat: two at once make one. */
  readonly open: (request: PaymentRequest) => Promise<Result<StoredRequest, PaymentRequestRefusal>>
}
