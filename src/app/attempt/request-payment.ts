import { setTimeout as pause } from 'node:timers/promises'
import type { CatalogueOrder } from '../../domain/catalogue/model/catalogue-order.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { ActionOf, AttemptOutcome, RailPayload } from '../../domain/payment/action.ts'
import { type Card, instrumentOf } from '../../domain/payment/card.ts'
import type { FailureReason } from '../../domain/payment/failure.ts'
import type { Payment, Protocol } from '../../domain/payment/payment.ts'
import type { RejectionOf } from '../../domain/payment/rejection.ts'
import { type Command, type Engine, Unavailable } from '../../engine/command.ts'
import { mayReleaseStock, orderAttachment } from '../../engine/companions/catalogue-stock.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { AttemptId, PaymentId } from '../../kernel/ids.ts'
import { newAttemptId, newCommandId } from '../../kernel/ids.ts'
import type { CardAcquirer, KnownOutcome } from '../../rails/rail.ts'
import {
  attemptOutcome,
  type FinalOutcome,
  finishCommand,
  settledOutcome,
  standingAttempt,
  withoutShopper,
} from './run-attempt.ts'

/** A synchronous card payment: asked for, attempted and answered in one call (salescloud.md 1). */
export type PaymentRequest = {
  readonly merchant: MerchantTerms
  readonly protocol: Protocol
  /** the payment method's namespace, one of the merchant's products */
  readonly product: string
  readonly currency: Currency
  /** minor units */
  readonly total: bigint
  readonly order: CatalogueOrder
  readonly card: Card
  readonly acquirer: CardAcquirer
  /** what the attempt is filed under, `acquirerKey` */
  readonly acquirerKey: string
  /** the caller's own reference: the same one is the same payment. `bodyHash` must be keyed, since the body holds a card. */
  readonly claim?: { readonly key: string; readonly bodyHash: Buffer }
}

/** Everything an answer is made of; the first one and a replay are made of the same. */
export type SettledPayment = {
  readonly paymentId: PaymentId
  readonly currency: Currency
  readonly total: bigint
  readonly outcome:
    | { readonly kind: 'approved'; readonly payload: RailPayload }
    | { readonly kind: 'declined'; readonly reason: FailureReason; readonly payload: RailPayload }
    /** nobody knows in time; should it have been approved, it is reversed */
    | { readonly kind: 'unknown' }
}

export type RequestResult =
  /** a payment was requested: whatever became of it, that is the answer from now on */
  | {
      readonly kind: 'settled'
      readonly settled: SettledPayment
      /** it was requested before, under the same reference: this is its answer once more */
      readonly isRepeat: boolean
    }
  /** no payment was requested, and none will be */
  | { readonly kind: 'not_requested'; readonly rejection: RejectionOf<'request'> }

export type RequestPayment = (request: PaymentRequest) => Promise<RequestResult>

/** The payment and its sale attempt as they are stored now. */
export type ReadSettled = (
  merchant: MerchantTerms,
  paymentId: PaymentId,
) => Promise<{ readonly payment: Payment; readonly settled: SettledPayment } | undefined>

export type RequestPaymentParts = {
  readonly engine: Engine
  readonly readSettled: ReadSettled
  /** how long the acquirer may take, and how long everything may; the second must stay below the resolver's patience of 30 s */
  readonly acquirerDeadlineMs?: number
  readonly deadlineMs?: number
  /** told of an error after the payment was recorded, which its caller must not see; must not throw */
  readonly onBug?: (error: unknown, paymentId: PaymentId) => void
}

/**
 * Two commits around one call. Before the first nothing was requested, and `Unavailable` is thrown; after it the outcome
 * is found out or given up, never thrown: a payment that was given up is reversed should the acquirer have approved it.
 */
export function createRequestPayment(parts: RequestPaymentParts): RequestPayment {
  return (request) => new OneRequest(parts, request).run()
}

class OneRequest {
  readonly #engine: Engine
  readonly #read: ReadSettled
  readonly #request: PaymentRequest
  readonly #attemptId = newAttemptId()
  readonly #acquirerDeadlineMs: number
  readonly #until: number
  readonly #onBug: NonNullable<RequestPaymentParts['onBug']>

  constructor(
    { engine, readSettled, acquirerDeadlineMs = 12_000, deadlineMs = 20_000, onBug = () => {} }: RequestPaymentParts,
    request: PaymentRequest,
  ) {
    this.#onBug = onBug
    this.#engine = engine
    this.#read = readSettled
    this.#request = request
    this.#acquirerDeadlineMs = acquirerDeadlineMs
    this.#until = performance.now() + deadlineMs
  }

  async run(): Promise<RequestResult> {
    const reply = await this.#engine.execute(this.#firstCommand())
    switch (reply.kind) {
      case 'rejected':
        return { kind: 'not_requested', rejection: reply.rejection }
      case 'replayed':
        return settled(await this.#neverThrowing(reply.response as PaymentId, (id) => this.#await(id)), true)
      case 'accepted':
        return settled(await this.#neverThrowing(reply.payment.id, () => this.#attempt(reply.payment)), false)
    }
  }

  /** A bug, a connector's or ours, is told like any other outcome that nobody knows, and given up like one. */
  async #neverThrowing(
    paymentId: PaymentId,
    work: (id: PaymentId) => Promise<SettledPayment>,
  ): Promise<SettledPayment> {
    try {
      return await work(paymentId)
    } catch (error) {
      this.#onBug(error, paymentId)
      // Where giving it up meets the bug again, the job that settles attempts gives it up (src/jobs/payments/resolve-attempts.ts).
      return await this.#giveUp(paymentId, this.#attemptId).catch(() => this.#unknown(paymentId))
    }
  }

  #firstCommand(): Command<ActionOf<'request'>> {
    const { merchant, protocol, product, currency, total, order, card, claim } = this.#request
    return {
      id: newCommandId(),
      merchant,
      paymentId: null,
      attachments: [orderAttachment(order)],
      action: {
        kind: 'request',
        protocol,
        product,
        funding: 'acquirer',
        currency,
        total,
        merchantReference: order.requestId,
        expiryMs: null,
        details: '{}',
        attempt: {
          attemptId: this.#attemptId,
          purpose: 'sale',
          acquirer: this.#request.acquirerKey,
          instrument: instrumentOf(card),
        },
      },
      ...(claim && {
        idempotency: {
          ...claim,
          operation: operationOf(protocol, order.instance),
          render: ({ payment }) => payment.id,
        },
      }),
    }
  }

  async #attempt(payment: Payment): Promise<SettledPayment> {
    const paymentId = payment.id
    const { acquirer, card } = this.#request
    const { amount } = standingAttempt(payment, this.#attemptId)
    const outcome = await acquirer.perform(
      { purpose: 'sale', attemptId: this.#attemptId, amount, card },
      this.#acquirerDeadlineMs,
    )
    const found = outcome.kind === 'unknown' ? await this.#find() : outcome
    const known = found && withoutShopper(found)
    if (!known) return await this.#giveUp(paymentId, this.#attemptId)
    const isBooked = await this.#finish(paymentId, this.#attemptId, attemptOutcome(known), payment)
    return isBooked ? this.#answer(paymentId, known) : await this.#asStored(paymentId)
  }

  /** The acquirer did not say; asked by our reference, it may. */
  async #find(): Promise<KnownOutcome | undefined> {
    for (let pauseMs = 100; this.#left() > pauseMs; pauseMs *= 2) {
      await pause(pauseMs)
      const found = await this.#request.acquirer.find(this.#attemptId, this.#left())
      const settled = settledOutcome(found)
      if (settled) return settled
    }
    return undefined
  }

  /** Another request with the same reference made this payment: its answer is ours, once it has one. */
  async #await(paymentId: PaymentId): Promise<SettledPayment> {
    for (let pauseMs = 20; this.#left() > 0; pauseMs = Math.min(pauseMs * 2, 250)) {
      const stored = await this.#stored(paymentId)
      const attempt = stored?.payment.pendingAttempt
      if (stored && (!attempt || stored.payment.state !== 'created')) return stored.settled
      await pause(Math.max(0, Math.min(pauseMs, this.#left())))
    }
    const attempt = (await this.#stored(paymentId))?.payment.pendingAttempt
    return attempt ? await this.#giveUp(paymentId, attempt.id) : await this.#asStored(paymentId)
  }

  /** From here on a success is reversed. When not even that can be recorded, the job that asks the acquirer does it. */
  async #giveUp(paymentId: PaymentId, attemptId: AttemptId): Promise<SettledPayment> {
    await this.#finish(paymentId, attemptId, { kind: 'abandoned' })
    return await this.#asStored(paymentId)
  }

  /** True when this call brought the payment to its end; false when somebody else did, or nobody could in time. */
  async #finish(
    paymentId: PaymentId,
    attemptId: AttemptId,
    outcome: AttemptOutcome,
    lastSeen?: Payment,
  ): Promise<boolean> {
    const command = finishCommand({
      merchant: this.#request.merchant,
      paymentId,
      attemptId,
      outcome,
      ...(this.#mayHold(attemptId) && { attachments: [mayReleaseStock] }),
      ...(lastSeen && { lastSeen }),
    })
    const reply = await this.#untilAvailable(() => this.#engine.execute(command))
    // An answer to a sale that was given up is accepted too: it ends the attempt, or begins the reversal.
    return reply?.kind === 'accepted' && reply.payment.failure !== 'outcome_unknown'
  }

  /**
   * Whether the payment may hold seats or a coupon's use, which its end gives back: two statements of a batch that most
   * payments spare. A payment that another request made may hold what this one says nothing of.
   */
  #mayHold(attemptId: AttemptId): boolean {
    const { reservations, couponUse } = this.#request.order
    return attemptId !== this.#attemptId || reservations.length > 0 || couponUse !== null
  }

  async #asStored(paymentId: PaymentId): Promise<SettledPayment> {
    const stored = await this.#stored(paymentId)
    return stored ? stored.settled : this.#unknown(paymentId)
  }

  #unknown(paymentId: PaymentId): SettledPayment {
    const { currency, total } = this.#request
    return { paymentId, currency, total, outcome: { kind: 'unknown' } }
  }

  #stored(paymentId: PaymentId): ReturnType<ReadSettled> {
    return this.#untilAvailable(() => this.#read(this.#request.merchant, paymentId))
  }

  /** Undefined when the database stays away: by then nobody may be told that no payment was requested. */
  async #untilAvailable<T>(work: () => Promise<T>): Promise<T | undefined> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error
        if (this.#left() <= 0) return undefined
        await pause(100)
      }
    }
  }

  #answer(paymentId: PaymentId, known: FinalOutcome): SettledPayment {
    const { currency, total } = this.#request
    const { payload } = known
    const outcome =
      known.kind === 'succeeded'
        ? ({ kind: 'approved', payload } as const)
        : ({ kind: 'declined', reason: known.reason, payload } as const)
    return { paymentId, currency, total, outcome }
  }

  #left(): number {
    return this.#until - performance.now()
  }
}

/** What a caller's own reference belongs to: the same one at another instance is another payment. */
export function operationOf(protocol: Protocol, instance: string): string {
  return `${protocol}/${instance}`
}

function settled(payment: SettledPayment, isRepeat: boolean): RequestResult {
  return { kind: 'settled', settled: payment, isRepeat }
}
