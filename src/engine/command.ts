import type { MerchantTerms } from '../domain/merchant/terms.ts'
import type { Action } from '../domain/payment/action.ts'
import type { PaymentEvent } from '../domain/payment/event.ts'
import type { Payment, Protocol } from '../domain/payment/payment.ts'
import type { RejectionOf } from '../domain/payment/rejection.ts'
import type { CommandId, PaymentId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Attachment } from './attachment.ts'

/** One thing a caller wants done, wholly or not at all. */
export type Command<Act extends Action = Action> = {
  /** written with the event, so that a commit whose answer was lost is recognised and never applied twice */
  readonly id: CommandId
  readonly merchant: MerchantTerms
  /** when given, a payment that another protocol made is unknown: a merchant's APIs do not reach into each other */
  readonly protocol?: Protocol
  /** null when the action makes the payment */
  readonly paymentId: PaymentId | null
  readonly action: Act
  /**
   * The payment as this engine's last reply gave it. It is decided on without looking again; should that end in anything but a change, or
   * should the database know of a later one, it is looked at after all. For the second of two commits around a call to a rail.
   */
  readonly lastSeen?: Payment
  readonly idempotency?: IdempotencyClaim
  /** the reply shall carry the merchant's stored request */
  readonly wantsDetails?: boolean
  /** what travels with it for companions of the engine, each of which must be known to the engine */
  readonly attachments?: readonly Attachment[]
  /** who at the merchant wants it, where that is a person: written with its events */
  readonly actor?: string
  /** the instant it counts for; absent: now. Timers count for the moment they fell due. */
  readonly at?: Instant
}

/** A client's key for one purchase attempt. Only success is kept under it: a refusal changed nothing and frees the key. */
export type IdempotencyClaim = {
  /** which operation the key belongs to: the same key on another operation is another key */
  readonly operation: string
  readonly key: string
  /** SHA-256 of everything that decides what the request means, the path included */
  readonly bodyHash: Buffer
  /** the answer as it is stored and replayed byte for byte */
  readonly render: (reply: AcceptedReply) => string
}

export type AcceptedReply = {
  readonly kind: 'accepted'
  readonly payment: Payment
  /** what happened by this command; empty for a repeat that moved nothing */
  readonly events: readonly PaymentEvent[]
  /** the merchant's request as stored, JSON text; null unless asked for */
  readonly details: string | null
}

/** What an action is answered: of refusals only those that it may meet. */
export type Reply<Kind extends Action['kind'] = Action['kind']> =
  | AcceptedReply
  /** the key had been answered before: the stored answer, unchanged */
  | { readonly kind: 'replayed'; readonly response: string }
  | { readonly kind: 'rejected'; readonly rejection: RejectionOf<Kind> }

/** Thrown when the engine takes no more work or the database is away: the caller answers 503 and `Retry-After`. */
export class Unavailable extends Error {
  readonly retryAfterSeconds: number

  constructor(message: string, options: { retryAfterSeconds: number; cause?: unknown }) {
    super(message, { cause: options.cause })
    this.name = 'Unavailable'
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

export type Engine = {
  /** Resolves once the effect is committed, or nothing was changed. Throws `Unavailable`. */
  execute<Act extends Action>(command: Command<Act>): Promise<Reply<Act['kind']>>
}
