import { createHash } from 'node:crypto'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Attachment } from '../../engine/attachment.ts'
import type { Engine, Reply } from '../../engine/command.ts'
import { messageAttachment } from '../../engine/companions/outgoing-messages.ts'
import { callbackAttachment } from '../../engine/companions/payment-callback.ts'
import { unpaidOrderAttachment } from '../../engine/companions/unpaid-order.ts'
import type { Clock } from '../../kernel/clock.ts'
import { newCommandId, type PaymentId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import type { PaymentReader, StoredPayment } from '../app.ts'
import type { PaymentCallbacks } from '../webhook/payment-callbacks.ts'
import type { PaymentRequest, PaymentRequestRefusal, PaymentRequests, StoredRequest } from './payment-request.ts'

/** Requests for one order that ended without money, one after another; beyond it somebody plays. */
const mostTries = 100

/**
 * The name claims the first request of an order, so that the usual case is one command and no question. Whoever finds the claim taken looks at
 * the newest request of that name: one that is open or paid is the answer; any other is called off, and followed by another that is claimed by the name
 * and the one before.
 */
export function createPaymentRequests(parts: {
  readonly engine: Engine
  readonly payments: PaymentReader
  readonly callbacks: PaymentCallbacks
  readonly clock: Clock
}): PaymentRequests {
  return {
    open: async (request) => {
      if (request.callbackUrl !== null) await parts.callbacks.prepare(request.merchant.id)
      let claim = request.reference
      for (let tries = 0; tries < mostTries; tries++) {
        const made = await create(parts.engine, request, claim)
        if (made.kind === 'made') return ok({ payment: made.payment, details: request.details })
        if (made.kind === 'refused') return refuse(made.rejection)
        const newest = await findNewest(parts.payments, request)
        if (!newest) throw new Error('a claim that was taken has a payment')
        const next = await followUp(parts, request, newest)
        if (next.kind === 'answer') return next.answer
        claim = `${request.reference}\n${newest.payment.id}`
      }
      return refuse({ reason: 'operation_in_progress' })
    },
  }
}

type Made =
  | { readonly kind: 'made'; readonly payment: Payment }
  /** the claim is somebody else's: the same order's, earlier or at this moment */
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly rejection: PaymentRequestRefusal }

async function create(engine: Engine, request: PaymentRequest, claim: string): Promise<Made> {
  const { merchant, protocol, product, currency, total, reference, expiryMs, details } = request
  const reply = await engine.execute({
    id: newCommandId(),
    merchant,
    paymentId: null,
    attachments: attachmentsOf(request),
    action: {
      kind: 'create',
      funding: 'none',
      ...{ protocol, product, currency, total, expiryMs, details },
      merchantReference: reference,
    },
    idempotency: {
      operation: `${protocol}/request`,
      key: createHash('sha256').update(claim).digest('base64url'),
      bodyHash: createHash('sha256').update(`${currency} ${total}`).digest(),
      render: ({ payment }) => payment.id,
    },
  })
  if (reply.kind === 'accepted') return { kind: 'made', payment: reply.payment }
  if (reply.kind === 'replayed' || reply.rejection.reason === 'key_reused') return { kind: 'taken' }
  return { kind: 'refused', rejection: reply.rejection }
}

function attachmentsOf({ callbackUrl, mail, waitsInShop }: PaymentRequest): Attachment[] {
  return [
    ...(waitsInShop ? [unpaidOrderAttachment] : []),
    ...(callbackUrl === null ? [] : [callbackAttachment(callbackUrl)]),
    ...(mail === null ? [] : [messageAttachment(mail)]),
  ]
}

async function findNewest(
  payments: PaymentReader,
  { merchant, protocol, reference }: PaymentRequest,
): Promise<StoredPayment | undefined> {
  const query = { merchantId: merchant.id, protocol, merchantReference: reference, limit: 1 }
  const [row] = await payments.byReferences(query)
  return row && (await payments.find(merchant.id, row.paymentId as PaymentId))
}

type FollowUp =
  | { readonly kind: 'answer'; readonly answer: Result<StoredRequest, PaymentRequestRefusal> }
  /** it ended without money: another may follow */
  | { readonly kind: 'ended' }

async function followUp(
  { engine, clock }: { readonly engine: Engine; readonly clock: Clock },
  request: PaymentRequest,
  newest: StoredPayment,
): Promise<FollowUp> {
  const { payment } = newest
  const isSame = payment.currency === request.currency && payment.total === request.total
  const isOpen = payment.state === 'created' && (payment.expiresAt === null || payment.expiresAt > clock.now())
  const hasMoney = payment.received > 0n
  if (isSame && (isOpen || hasMoney)) return { kind: 'answer', answer: ok(newest) }
  if (hasMoney) return { kind: 'answer', answer: refuse({ reason: 'paid_differently', payment }) }
  if (payment.voidedAt !== null) return { kind: 'ended' }
  const reply = await callOff(engine, request, payment, isOpen)
  if (reply.kind === 'accepted') return { kind: 'ended' }
  // Something came in this very moment, or it was called off by a rival: the caller asks again and finds which.
  return { kind: 'answer', answer: refuse({ reason: 'operation_in_progress' }) }
}

/** One whose time is up, too, is paid by what comes late: of two requests for one order only the newest may be. */
async function callOff(
  engine: Engine,
  { merchant }: PaymentRequest,
  { id: paymentId, state }: Payment,
  isOpen: boolean,
): Promise<Reply<'void'>> {
  // Its timer comes in a moment.
  if (!isOpen && state === 'created')
    await engine.execute({ id: newCommandId(), merchant, paymentId, action: { kind: 'timer' } })
  const action = { kind: 'void', isReplaced: true } as const
  return await engine.execute({ id: newCommandId(), merchant, paymentId, action })
}
