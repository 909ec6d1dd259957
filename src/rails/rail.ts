import type { Card } from '../domain/payment/card.ts'
import type { FailureReason } from '../domain/payment/failure.ts'
import type { NextAction } from '../domain/payment/next-action.ts'
import type { AttemptId, MerchantId } from '../kernel/ids.ts'
import type { Money } from '../kernel/money.ts'

/** A card that the acquirer keeps for later charges, by its own name for it (never the number). */
export type KeptCard = {
  readonly token: string
  /** four digits, which some acquirers ask for beside the token */
  readonly last4: string
}

/**
 * What a card acquirer can be asked. `attemptId` is our reference: the acquirer must treat a second call with the same
 * one as a question about the first, and `find` asks by it.
 */
export type AcquirerRequest =
  | {
      /** an authorization of nothing checks the card */
      readonly purpose: 'authorize' | 'sale'
      readonly attemptId: AttemptId
      readonly amount: Money
      readonly card: Card | KeptCard
      /** the acquirer is to keep the card, and its answer to name it */
      readonly keepsCard?: true
      /** where a shopper who has to act comes back to; absent: nobody is there to act */
      readonly returnUrl?: string
    }
  /** goes on with an authorization, a sale or a charge that asked for the shopper */
  | { readonly purpose: 'complete'; readonly attemptId: AttemptId; readonly amount: Money }
  /** takes money from a kept card, with the stored-credential flags of the card networks */
  | {
      readonly purpose: 'charge'
      readonly attemptId: AttemptId
      readonly amount: Money
      readonly card: KeptCard
      readonly isShopperPresent: boolean
      /** which instalment of its plan it pays, from 1 */
      readonly instalment: number
      /** where a shopper who has to act comes back to; absent: nobody is there to act */
      readonly returnUrl?: string
    }
  | {
      readonly purpose: 'refund' | 'void'
      readonly attemptId: AttemptId
      readonly amount: Money
      /** the acquirer's reference of the sale, capture or charge */
      readonly railReference: string
    }
  /** takes money out of a standing authorization, or lets so much of it go */
  | {
      readonly purpose: 'capture' | 'release'
      readonly attemptId: AttemptId
      readonly amount: Money
      /** the acquirer's reference of the authorization */
      readonly railReference: string
    }

/**
 * Neither approval nor refusal is `unknown`: a time-out, a cut connection, an answer that makes no sense. It is never
 * guessed. `code` is the acquirer's own, for the operator; `payload` is what a merchant may be shown of the answer.
 */
export type RailOutcome =
  | {
      readonly kind: 'succeeded'
      readonly railReference: string
      readonly code: string
      readonly payload: Readonly<Record<string, string>>
      /** the acquirer's name for a card that it was asked to keep */
      readonly token?: string
    }
  | {
      readonly kind: 'declined'
      readonly reason: FailureReason
      readonly code: string
      readonly payload: Readonly<Record<string, string>>
      /** the acquirer did not look at this call, so that it says nothing of an earlier one with the same id */
      readonly isUntried?: true
    }
  /** nothing is done, now or later, unless the shopper acts within `lifeMs` and `complete` is asked for */
  | { readonly kind: 'action_required'; readonly action: NextAction; readonly lifeMs: number }
  | { readonly kind: 'unknown'; readonly detail: string }

/** An outcome that can be recorded. */
export type KnownOutcome = Exclude<RailOutcome, { kind: 'unknown' }>

/** What the acquirer says when asked about an attempt. `never_seen` is a promise that it will not be done later either. */
export type FindOutcome = RailOutcome | { readonly kind: 'never_seen' }

/** One acquirer behind one merchant's or the operator's credentials. Adding one is a folder here and a line in `card/index.ts`. */
export type CardAcquirer = {
  readonly name: string
  /** Never throws for anything the network or the acquirer does. `deadlineMs` bounds the whole call. */
  perform(request: AcquirerRequest, deadlineMs: number): Promise<RailOutcome>
  find(attemptId: AttemptId, deadlineMs: number): Promise<FindOutcome>
}

/** The acquirer that a merchant's payments of one kind go to; undefined when nothing is configured. */
export type AcquirerDirectory = (name: string, merchantId: MerchantId) => Promise<CardAcquirer | undefined>
