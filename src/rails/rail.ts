import type { Card } from '../domain/payment/card.ts'
import type { FailureReason } from '../domain/payment/failure.ts'
import type { AttemptId, MerchantId } from '../kernel/ids.ts'
import type { Money } from '../kernel/money.ts'

/**
 * What a card acquirer can be asked. `attemptId` is our reference: the acquirer must treat a second call with the same
 * one as a question about the first, and `find` asks by it.
 */
export type AcquirerRequest =
  | {
      readonly purpose: 'authorize' | 'sale'
      readonly attemptId: AttemptId
      readonly amount: Money
      readonly card: Card
    }
  | {
      readonly purpose: 'refund' | 'void'
      readonly attemptId: AttemptId
      readonly amount: Money
      /** the acquirer's reference of the sale or authorization */
      readonly railReference: string
    }
  /** books a standing authorization */
  | {
      readonly purpose: 'capture'
      readonly attemptId: AttemptId
      readonly amount: Money
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
    }
  | {
      readonly kind: 'declined'
      readonly reason: FailureReason
      readonly code: string
      readonly payload: Readonly<Record<string, string>>
      /** the acquirer did not look at this call, so that it says nothing of an earlier one with the same id */
      readonly isUntried?: true
    }
  | { readonly kind: 'unknown'; readonly detail: string }

/** What the acquirer says when asked about an attempt. `never_seen` is a promise that it will not be done later either. */
export type FindOutcome = RailOutcome | { readonly kind: 'never_seen' }

/** One acquirer behind one merchant's credentials. Adding one is a folder here and a line in `card/index.ts`. */
export type CardAcquirer = {
  readonly name: string
  /** Never throws for anything the network or the acquirer does. `deadlineMs` bounds the whole call. */
  perform(request: AcquirerRequest, deadlineMs: number): Promise<RailOutcome>
  find(attemptId: AttemptId, deadlineMs: number): Promise<FindOutcome>
}

/** The acquirer that a merchant's payments of one kind go to; undefined when nothing is configured. */
export type AcquirerDirectory = (name: string, merchantId: MerchantId) => Promise<CardAcquirer | undefined>
