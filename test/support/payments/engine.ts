import { after } from 'node:test'
import type pg from 'pg'
import { insertMerchant } from '../../../src/db/merchant/merchants.ts'
import { connectClient } from '../../../src/db/wire/connection.ts'
import type { MerchantTerms } from '../../../src/domain/merchant/terms.ts'
import type { Action } from '../../../src/domain/payment/action.ts'
import type { AcceptedReply, Command, Reply } from '../../../src/engine/command.ts'
import { createEngine, type EngineOptions, type RunningEngine } from '../../../src/engine/engine.ts'
import { type Clock, systemClock } from '../../../src/kernel/clock.ts'
import { newAttemptId, newCommandId, type PaymentId, randomToken } from '../../../src/kernel/ids.ts'
import { companions } from '../../../src/main/companions.ts'
import { aMerchant, aNewPayment, anAttempt } from './factories.ts'

/** A real engine on a real database, closed after the test file. */
export function testEngine(url: string, options: Partial<EngineOptions> = {}): RunningEngine {
  const engine = createEngine({
    connect: () => connectClient(url, { pipeline: true, applicationName: 'tercet-lane' }),
    clock: systemClock,
    companions,
    ...options,
  })
  after(() => engine.close())
  return engine
}

/** A merchant of its own in the database, so that tests never meet each other's rows. */
export async function addMerchant(pool: pg.Pool, overrides: Partial<MerchantTerms> = {}): Promise<MerchantTerms> {
  const terms = { ...aMerchant(overrides), prefix: randomToken(4) }
  const id = await insertMerchant(pool, { ...terms, widgetToken: null, isFixture: false })
  return { ...terms, id }
}

/** Runs one action, on `paymentId` or to make a payment. */
export function run(
  engine: RunningEngine,
  merchant: MerchantTerms,
  paymentId: PaymentId | null,
  action: Action,
  more: Partial<Command> = {},
): Promise<Reply> {
  return engine.execute({ id: newCommandId(), merchant, paymentId, action, ...more })
}

export function accepted(reply: Reply): AcceptedReply {
  if (reply.kind === 'accepted') return reply
  throw new Error(`not accepted: ${JSON.stringify(reply)}`)
}

export function reasonOf(reply: Reply): string {
  return reply.kind === 'rejected' ? reply.rejection.reason : reply.kind
}

/** A new order's id. */
export async function createOrder(engine: RunningEngine, merchant: MerchantTerms, total = 10_000n): Promise<PaymentId> {
  const reply = await run(engine, merchant, null, { kind: 'create', ...aNewPayment({ total }) })
  return accepted(reply).payment.id
}

/** An order that its shopper has authorized. */
export async function createAuthorized(
  engine: RunningEngine,
  merchant: MerchantTerms,
  total = 10_000n,
  clock: Clock = systemClock,
): Promise<PaymentId> {
  const id = await createOrder(engine, merchant, total)
  const attemptId = newAttemptId()
  accepted(await run(engine, merchant, id, { kind: 'start_attempt', ...anAttempt({ attemptId }) }, { at: clock.now() }))
  const outcome = { kind: 'succeeded', railReference: `sandbox_${attemptId}` } as const
  accepted(await run(engine, merchant, id, { kind: 'finish_attempt', attemptId, outcome, reversalId: newAttemptId() }))
  return id
}
