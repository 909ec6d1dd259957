import { createHash } from 'node:crypto'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { ActionOf } from '../../domain/payment/action.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { RejectionOf } from '../../domain/payment/rejection.ts'
import type { Engine, IdempotencyClaim } from '../../engine/command.ts'
import { newCommandId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import type { ReturnPayment } from '../attempt/return-payment.ts'
import type { AuditLog, By } from '../audit/audit-log.ts'

/** What staff does with an order. Amounts are minor units of its currency; absent: everything that is open. */
export type OrderAction =
  | { readonly kind: 'capture'; readonly amount?: bigint }
  | { readonly kind: 'void' }
  | { readonly kind: 'delay'; readonly periodMs: number }
  | { readonly kind: 'refund'; readonly amount: bigint; readonly reason: string | null }

export type ActRequest = {
  readonly merchant: MerchantTerms
  readonly payment: Payment
  readonly action: OrderAction
  /** of the press of the button: the same key again does nothing again */
  readonly key: string
  readonly by: By
}

export type ActRefusal =
  | { readonly kind: 'rejected'; readonly rejection: ActRejection }
  /** what was asked for cannot be done for this kind of money here; the sentence says what to do instead */
  | ({ readonly kind: 'elsewhere' } & Elsewhere)

export type Elsewhere = { readonly code: 'in_own_wallet' | 'only_refunded'; readonly sentence: string }

/** Of an action on the order, or of the attempt that a card's refund is. */
export type ActRejection = RejectionOf<OrderAction['kind'] | 'start_attempt'>

export type ActOnOrder = (request: ActRequest) => Promise<Result<true, ActRefusal>>

export type ActParts = {
  readonly engine: Engine
  readonly returnPayment: ReturnPayment
  readonly auditLog: AuditLog
}

/**
 * The same commands as the merchant APIs give, with whoever pressed the button in the event and in the audit log. The entry is written first: of what
 * happened to the order its own events tell, and nobody's press is ever missing. Throws `Unavailable`; the same key may be sent again.
 */
export function createActOnOrder({ engine, returnPayment, auditLog }: ActParts): ActOnOrder {
  return async (request) => {
    const { merchant, payment, action, by } = request
    const elsewhere = isElsewhere(payment, action)
    if (elsewhere !== undefined) return refuse({ kind: 'elsewhere', ...elsewhere })
    const note = { merchantId: merchant.id, ...by, action: `${action.kind}_payment`, subject: payment.id, before: null }
    await auditLog.record({ ...note, after: printed(action) })
    const rejection = await act(engine, returnPayment, request)
    return rejection ? refuse({ kind: 'rejected', rejection }) : ok(true)
  }
}

async function act(
  engine: Engine,
  returnPayment: ReturnPayment,
  request: ActRequest,
): Promise<ActRejection | undefined> {
  const { merchant, payment, action, by } = request
  const actor = by.actor.name
  const { operation, key, bodyHash } = claimOf(request)
  if (payment.funding === 'acquirer' && action.kind === 'refund') {
    const reference = action.reason === null ? {} : { reference: action.reason }
    const claim = { key: `${operation}/${key}`, bodyHash }
    const purpose = 'refund' as const
    const result = await returnPayment({
      merchant,
      payment,
      purpose,
      amount: action.amount,
      claim,
      actor,
      ...reference,
    })
    return result.kind === 'refused' ? result.rejection : undefined
  }
  const reply = await engine.execute({
    id: newCommandId(),
    merchant,
    paymentId: payment.id,
    action: commandOf(action),
    actor,
    idempotency: { operation, key, bodyHash, render: ({ payment: after }) => after.id },
  })
  return reply.kind === 'rejected' ? reply.rejection : undefined
}

function commandOf(action: OrderAction): ActionOf<OrderAction['kind']> {
  if (action.kind !== 'refund') return action
  const { amount, reason } = action
  return { kind: 'refund', amount, ...(reason !== null && { refundReference: reason }) }
}

function claimOf({ payment, action, key }: ActRequest): Omit<IdempotencyClaim, 'render'> {
  const bodyHash = createHash('sha256')
    .update(JSON.stringify(printed(action)))
    .digest()
  return { operation: `portal/${action.kind}/${payment.id}`, key, bodyHash }
}

function printed(action: OrderAction): object {
  return { ...action, ...('amount' in action && action.amount !== undefined && { amount: String(action.amount) }) }
}

function isElsewhere(payment: Payment, action: OrderAction): Elsewhere | undefined {
  if (payment.funding === 'none' && action.kind === 'refund')
    return {
      code: 'in_own_wallet',
      sentence: "The money is in your own wallet: send it back from there to the shopper's address.",
    }
  if (payment.funding === 'acquirer' && action.kind !== 'refund')
    return { code: 'only_refunded', sentence: 'A card payment that was taken at once can only be refunded.' }
  return undefined
}
