import type { Frequency } from '../domain/instalments/products.ts'
import type { Brand } from '../domain/merchant/brand.ts'
import type { MerchantTerms } from '../domain/merchant/terms.ts'
import type { Card } from '../domain/payment/card.ts'
import type { FailureReason } from '../domain/payment/failure.ts'
import type { NextAction } from '../domain/payment/next-action.ts'
import type { Payment, Protocol } from '../domain/payment/payment.ts'
import type { RejectionOf } from '../domain/payment/rejection.ts'
import type { Picture } from '../domain/picture/picture.ts'
import type { OrderDetails } from '../domain/shopper/order-details.ts'
import type { ShopperId } from '../domain/shopper/shopper.ts'
import type { Engine } from '../engine/command.ts'
import type { Clock } from '../kernel/clock.ts'
import type { AttemptId, MerchantId, PaymentId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ChainPayments } from './chain/chain-payments.ts'
import type { ReadLateFeeTerms } from './instalments/late-fee-terms.ts'
import type { Plans } from './instalments/plans.ts'
import type { ReadPlan } from './instalments/read-plan.ts'
import type { MessageLog } from './message/message-log.ts'
import type { Organizations } from './organization/organizations.ts'
import type { CaptureWatch } from './payment/watch-captures.ts'
import type { PaymentRequests } from './payment-request/payment-request.ts'
import type { ShownPictures } from './picture/order-pictures.ts'
import type { WriteOnce } from './shared/write-once.ts'
import type { Shops } from './shop/shops.ts'
import type { AddCard, CompleteAddedCard } from './shopper/add-card.ts'
import type { ShopperApp } from './shopper/shopper-app.ts'
import type { StoredCard } from './shopper/stored-card.ts'

/** Everything protocols and pages may use: built once in main, handed down, no globals. */
export type App = {
  readonly mode: 'sandbox' | 'live'
  /** origin without a trailing slash: `http://localhost:8080` */
  readonly publicUrl: string
  /** a declared proxy in front ends TLS: the caller's address is the last one of X-Forwarded-For */
  readonly isBehindProxy: boolean
  readonly clock: Clock
  readonly engine: Engine
  readonly merchants: MerchantDirectory
  readonly payments: PaymentReader
  readonly chains: ChainPayments
  readonly authorizeOrder: AuthorizeOrder
  /** counts a declined try of a card over all processes; undefined: each counts for itself */
  readonly countDecline?: (name: string) => Promise<number>
  /** told of captures after they were answered */
  readonly captureWatch: Pick<CaptureWatch, 'see'>
  /** whether a card could pay an order of this merchant on the hosted page: without an acquirer it could only be declined */
  readonly hasAcquirer: (merchant: Pick<MerchantTerms, 'id' | 'currency'>) => Promise<boolean>
  readonly completeOrder: CompleteOrder
  /** keeps a card that is to pay what is still open */
  readonly addCard: AddCard
  readonly completeAddedCard: CompleteAddedCard
  /** a write outside the engine is done once for each `Idempotency-Key` */
  readonly once: WriteOnce
  readonly readPlan: ReadPlan
  /** what being late would cost the shoppers of a country who agree to a plan now */
  readonly lateFeeTerms: ReadLateFeeTerms
  /** what a shopper does with a plan of theirs; who may is the caller's question */
  readonly plans: Pick<Plans, 'pay' | 'returnFromBank' | 'replaceCard'>
  /** the shop's addresses for a shopper who comes back; undefined for orders without (a link sent by e-mail) */
  readonly returnUrls: (stored: StoredPayment) => ReturnUrls | undefined
  /** what the order says about when its pay-later instalment is due; undefined when it says nothing */
  readonly orderFrequency: (stored: StoredPayment) => Frequency | undefined
  readonly findPicture: FindPicture
  /** which pictures of an order this server has, by their addresses */
  readonly shownPictures: (merchantId: MerchantId, details: OrderDetails) => Promise<ShownPictures>
  readonly messages: MessageLog
  readonly shoppers: ShopperApp
  /** the accounts that a shopper has in other cells, for the page that shows all of them */
  readonly accountsElsewhere: (id: ShopperId) => Promise<PlacesElsewhere>
  /** what the order shows of itself on its page; undefined for an order without one */
  readonly orderView: (stored: StoredPayment) => OrderDetails | undefined
  /** whether payments of this protocol have a page where their shopper pays */
  readonly hasHostedPage: (protocol: Protocol) => boolean
  readonly organizations: Organizations
  readonly paymentRequests: PaymentRequests
  readonly shops: Shops
}

/** An account with what is known and done where it is: that of this cell, or of another one. */
export type AccountPlace = Pick<App, 'merchants' | 'payments' | 'readPlan' | 'shoppers' | 'plans'> & {
  readonly shopperId: ShopperId
}

export type PlacesElsewhere = {
  readonly places: readonly AccountPlace[]
  /** false: a cell that may have another account did not answer */
  readonly isWhole: boolean
}

/** Absolute http(s) URLs as the merchant wrote them, checked by `isRedirectUrl`. */
export type ReturnUrls = { readonly confirm: string; readonly cancel: string }

export type KeyKind = 'merchant' | 'device' | 'admin' | 'token' | 'api_key'

export type Credentials = {
  readonly merchant: MerchantTerms
  readonly kind: KeyKind
  readonly protocol: Protocol
  /** names the key; no secret */
  readonly keyId: string
}

/** Who a key belongs to. Answers are remembered for about a second, so a revoked key stops within that. */
export type MerchantDirectory = {
  readonly byKey: (key: string) => Promise<Credentials | undefined>
  readonly byPaymentId: (id: PaymentId) => Promise<MerchantTerms | undefined>
  /** the routing prefix that its payments begin with, in any case; public: it stands in the addresses where shoppers pay */
  readonly byPrefix: (prefix: string) => Promise<MerchantTerms | undefined>
  /** the token is public: it stands in the markup of the merchant's shop */
  readonly byWidgetToken: (token: string) => Promise<MerchantTerms | undefined>
  /** how the merchant's pages look; remembered like keys are */
  readonly brand: (id: MerchantId) => Promise<Brand>
}

/** Pictures that pages show from this server: logos, and those of what is bought. Undefined for whatever is not a name of one. */
export type FindPicture = (merchantPrefix: string, id: string) => Promise<Picture | undefined>

/** A payment with the request that made it (JSON text, as the merchant sent it). */
export type StoredPayment = { readonly payment: Payment; readonly details: string }

export type ReferenceQuery = {
  readonly merchantId: MerchantId
  readonly protocol: Protocol
  readonly paymentId?: string
  readonly merchantReference?: string
  readonly processorReference?: string
  /** newest first, at most this many */
  readonly limit: number
}

export type ReferenceRow = {
  readonly paymentId: PaymentId
  readonly merchantReference: string | null
  readonly processorReference: string | null
  readonly createdAt: Instant
}

/** Reads skip the engine: they see everything that was ever answered. Throw `Unavailable` when the database is away. */
export type PaymentReader = {
  readonly find: (merchantId: MerchantId, id: PaymentId) => Promise<StoredPayment | undefined>
  readonly byReferences: (query: ReferenceQuery) => Promise<readonly ReferenceRow[]>
}

/**
 * The shopper's authorization of a created order with a card: attempt recorded and committed, acquirer asked, answer
 * recorded. `declined` leaves the order open for another card; `unknown` is settled by a job.
 */
export type AuthorizeOrder = (order: {
  readonly merchant: MerchantTerms
  readonly paymentId: PaymentId
  /** what the shopper chose, where the order leaves it to them */
  readonly product?: string
  /** as typed in, or one that an acquirer keeps */
  readonly card: Card | StoredCard
  /** whose order it becomes; a card that was typed in is kept for them */
  readonly shopperId?: ShopperId
  /** where the shopper comes back to after a step at the bank; absent: nobody can take such a step */
  readonly returnUrl?: string
  /** the shopper's address, as `countedAs` names it: too many declines from one are refused */
  readonly address?: string
}) => Promise<AuthorizationResult>

/** Goes on with an authorization whose shopper has come back from that step. A second call, or a late one, is refused as `nothing_due`. */
export type CompleteOrder = (order: {
  readonly merchant: MerchantTerms
  readonly paymentId: PaymentId
  readonly attemptId: AttemptId
}) => Promise<AuthorizationResult>

export type AuthorizationResult =
  | { readonly kind: 'authorized'; readonly payment: Payment }
  | { readonly kind: 'declined'; readonly payment: Payment; readonly reason: FailureReason }
  | { readonly kind: 'unknown'; readonly payment: Payment }
  /** the shopper must act before anything goes on */
  | { readonly kind: 'action_required'; readonly payment: Payment; readonly action: NextAction }
  | {
      readonly kind: 'refused'
      readonly rejection: RejectionOf<'start_attempt' | 'resume_attempt' | 'finish_attempt'> | BrakeRefusal
    }

/** Refused before anybody was asked, and alike for every card. */
export type BrakeRefusal =
  /** cards were tried too often for this order or from this address */
  | { readonly reason: 'too_many_tries' }
  /** no card has that number: its check digit is wrong */
  | { readonly reason: 'invalid_card_number' }
