import type { Currency } from '../../kernel/currency.ts'
import type { AttemptId } from '../../kernel/ids.ts'
import type { FailureReason } from './failure.ts'
import type { Funding } from './funding.ts'
import type { Instrument, WalletInstrument } from './instrument.ts'
import type { NextAction } from './next-action.ts'
import type { PaymentPurpose, Protocol } from './payment.ts'
import type { ActionKind } from './state.ts'

/** What makes a payment. Amounts are minor units; `expiryMs` is the life of an order that nobody authorizes. */
export type NewPayment = {
  readonly protocol: Protocol
  readonly product: string
  /** what it is sold as instead, the first that the amount allows, where the order leaves that to its shopper */
  readonly orProducts?: readonly string[]
  readonly funding: Funding
  readonly currency: Currency
  readonly total: bigint
  readonly merchantReference: string | null
  readonly expiryMs: number | null
  /** the merchant's request as stored, JSON text: opaque to the domain, echoed by its protocol */
  readonly details: string
}

export type StartAttempt = {
  readonly attemptId: AttemptId
  readonly purpose: PaymentPurpose
  /**
   * Minor units; absent: everything that is open for the purpose. Less is allowed for a refund, and for the authorization of a
   * payment that the operator funds: only what the shopper pays first is held, down to a check of the card for nothing.
   */
  readonly amount?: bigint
  /** what the shopper chose of an order that leaves it to them: it becomes the order's product */
  readonly product?: string
  /** name of the connector that is about to be called */
  readonly acquirer: string
  readonly instrument: Instrument | null
  /** the merchant's own name for a refund */
  readonly reference?: string
}

/** What a rail that is paid without being asked has learned of one credit. */
export type Receipt = {
  /** it arrived; it can no longer be undone; or its network took it back, which happens only before it is final */
  readonly step: 'seen' | 'final' | 'undone'
  /** the rail's own name of the credit: transaction and place in it */
  readonly credit: string
  /** minor units of the payment's currency that the credit is worth, by the rate that was agreed on; the same at each step */
  readonly amount: bigint
  /** minor units that may be missing from the whole */
  readonly tolerance: bigint
  /** where it arrived */
  readonly wallet: WalletInstrument
}

/** What of a rail's answer the merchant may be shown: never a card number or a code that was typed in. */
export type RailPayload = Readonly<Record<string, string>>

/** What a rail answered, in the closed vocabulary. `unknown` is never guessed: it is asked for again until known. */
export type AttemptOutcome =
  | {
      readonly kind: 'succeeded'
      readonly railReference: string
      readonly payload?: RailPayload
      /** the acquirer's name for a card that it keeps, encrypted, as base64 */
      readonly cardToken?: string
    }
  | { readonly kind: 'declined'; readonly reason: FailureReason; readonly code: string; readonly payload?: RailPayload }
  /** the shopper must act within `lifeMs`; what comes of it is told by another outcome */
  | { readonly kind: 'action_required'; readonly action: NextAction; readonly lifeMs: number }
  /** the caller cannot wait any longer; a success that comes later is reversed */
  | { readonly kind: 'abandoned' }

/** What looks wrong: two captures under one merchant reference, or a reference that is not the one in the order's own return URL. */
export type Suspicion = 'reference_captured_twice' | 'reference_of_another_order'

export type Action =
  /** an order that waits for its shopper */
  | ({ readonly kind: 'create' } & NewPayment)
  /** a payment asked for and attempted at once, in one commit (synchronous card payment) */
  | ({ readonly kind: 'request'; readonly attempt: StartAttempt } & NewPayment)
  | ({ readonly kind: 'start_attempt' } & StartAttempt)
  | {
      readonly kind: 'finish_attempt'
      readonly attemptId: AttemptId
      readonly outcome: AttemptOutcome
      /** id of the reversal, should the rail have approved an abandoned attempt */
      readonly reversalId: AttemptId
    }
  /** the shopper has acted, or says so: the rail is about to be called again for this attempt */
  | { readonly kind: 'resume_attempt'; readonly attemptId: AttemptId }
  /** keeps the authorization for `periodMs` from now instead of capturing now */
  | { readonly kind: 'delay'; readonly periodMs: number; readonly merchantReference?: string }
  /** captures `amount` (absent: all that is open) and releases the rest */
  | { readonly kind: 'capture'; readonly amount?: bigint; readonly merchantReference?: string }
  /** captures a part of a delayed payment and keeps the rest open */
  | { readonly kind: 'capture_part'; readonly amount?: bigint; readonly merchantReference?: string }
  /** lowers the total of a delayed payment by a part that will not be captured */
  | { readonly kind: 'reduce'; readonly amount: bigint; readonly merchantReference?: string }
  /** ends a delayed payment with what has been captured so far */
  | { readonly kind: 'close' }
  /** `isReplaced`: the same order is asked for anew, so that nobody calls the order itself off */
  | { readonly kind: 'void'; readonly merchantReference?: string; readonly isReplaced?: boolean }
  | {
      readonly kind: 'refund'
      readonly amount: bigint
      readonly refundReference?: string
      readonly merchantReference?: string
    }
  /** `undefined` leaves a reference, `null` removes it */
  | {
      readonly kind: 'update_references'
      readonly merchantReference?: string | null
      readonly processorReference?: string | null
    }
  | ({ readonly kind: 'receive' } & Receipt)
  /** notes that something about a captured payment looks wrong; refuses nothing */
  | { readonly kind: 'flag'; readonly suspicion: Suspicion }
  /** whatever the payment's due time stands for: a warning, the order's expiry or the authorization's */
  | { readonly kind: 'timer' }

/** An action on a payment that exists already. */
export type ActionOnPayment = Extract<Action, { kind: ActionKind }>

/** One kind of action. */
export type ActionOf<Kind extends Action['kind']> = Extract<Action, { kind: Kind }>
