import { hash } from 'node:crypto'
import type pg from 'pg'
import { findCapturedTwice } from '../../db/payment/captured-twice.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Suspicion } from '../../domain/payment/action.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Engine } from '../../engine/command.ts'
import { newCommandId } from '../../kernel/ids.ts'

/** A payment after its capture, or after a captured one was given another reference. */
export type SeenCapture = {
  readonly merchant: MerchantTerms
  readonly payment: Payment
  /** the reference that the order's own return URL names; undefined when it names none, or is not at hand */
  readonly returnReference: string | undefined
}

/**
 * Looks for what honest shops do not do, after the answer and apart from it: two captures under one reference, and a capture whose
 * reference is not the one in the order's return URL, as after a token was swapped there. Each is kept as an event, once. A
 * server that dies within the moment between leaves what it had not looked at yet unflagged.
 */
export type CaptureWatch = {
  readonly see: (capture: SeenCapture) => void
  /** Ends once everything that was seen has been looked at. */
  readonly close: () => Promise<void>
}

/** Captures are looked at together: one query for all of a moment. */
const momentMs = 250

/** More than come in a moment: beyond it, or while the database is away, the oldest are let go. */
const mostSeen = 10_000

export function createCaptureWatch(parts: {
  readonly pool: pg.Pool
  readonly engine: Engine
  readonly onError: (error: unknown) => void
}): CaptureWatch {
  const { pool, engine, onError } = parts
  let seen: (SeenCapture & { readonly merchantReference: string })[] = []
  let looking: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  function lookSoon(): void {
    timer ??= setTimeout(lookNow, momentMs).unref()
  }

  function lookNow(): void {
    timer = undefined
    const captures = seen.splice(0)
    looking = looking.then(() => look(captures)).catch(onError)
  }

  async function look(captures: typeof seen): Promise<void> {
    if (captures.length === 0) return
    const named = captures.map(({ payment: { merchantId, id }, merchantReference }) => ({
      ...{ merchantId, merchantReference },
      paymentId: id,
    }))
    const twice = new Set<string>(await findCapturedTwice(pool, named))
    // One that cannot be kept is told, and takes no other with it.
    const keep = (capture: SeenCapture, suspicion: Suspicion) =>
      flag(capture.merchant, capture.payment, suspicion).catch(onError)
    for (const capture of captures) {
      const { payment, returnReference, merchantReference } = capture
      if (twice.has(payment.id)) await keep(capture, 'reference_captured_twice')
      if (returnReference !== undefined && returnReference !== merchantReference)
        await keep(capture, 'reference_of_another_order')
    }
  }

  async function flag(merchant: MerchantTerms, payment: Payment, suspicion: Suspicion): Promise<void> {
    await engine.execute({
      id: newCommandId(),
      merchant,
      paymentId: payment.id,
      action: { kind: 'flag', suspicion },
      // Seen twice, by whichever server, it is kept once.
      idempotency: {
        operation: 'flag',
        key: `${payment.id} ${suspicion}`,
        bodyHash: hash('sha256', suspicion, 'buffer'),
        render: () => suspicion,
      },
    })
  }

  return {
    see: (capture) => {
      const { captured, merchantReference } = capture.payment
      if (captured === 0n || merchantReference === null) return
      if (seen.length >= mostSeen) seen = seen.slice(1)
      seen.push({ ...capture, merchantReference })
      lookSoon()
    },
    close: async () => {
      clearTimeout(timer)
      lookNow()
      await looking
    },
  }
}
