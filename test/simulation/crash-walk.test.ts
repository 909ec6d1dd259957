import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import type pg from 'pg'
import { checkLedger } from '../../src/app/payment/check-ledger.ts'
import type { MerchantTerms } from '../../src/domain/merchant/terms.ts'
import type { Action } from '../../src/domain/payment/action.ts'
import { createEngine, type RunningEngine } from '../../src/engine/engine.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { newCommandId, type PaymentId } from '../../src/kernel/ids.ts'
import { companions } from '../../src/main/companions.ts'
import { type Cut, type CutConnect, cutAtCommit } from '../support/crash/crash-connections.ts'
import { testDatabase } from '../support/database.ts'
import { addMerchant } from '../support/payments/engine.ts'
import { aNewPayment, anAttempt, anAttemptId } from '../support/payments/factories.ts'

/** One payment's life, each step a commit of its own: partial capture after a delay, refunds, and a repeat of each. */
const scenario: readonly Action[] = [
  { kind: 'create', ...aNewPayment() },
  { kind: 'start_attempt', ...anAttempt() },
  {
    kind: 'finish_attempt',
    attemptId: anAttemptId(),
    outcome: { kind: 'succeeded', railReference: 'sandbox_1' },
    reversalId: anAttemptId(2),
  },
  { kind: 'update_references', merchantReference: 'ORDER-2', processorReference: 'P-1' },
  { kind: 'delay', periodMs: 3_600_000 },
  { kind: 'capture_part', amount: 4_000n },
  { kind: 'reduce', amount: 1_000n },
  { kind: 'capture_part', amount: 3_000n },
  { kind: 'close' },
  { kind: 'refund', amount: 2_500n, refundReference: 'R-1' },
  { kind: 'refund', amount: 2_500n, refundReference: 'R-2' },
  { kind: 'refund', amount: 2_000n, refundReference: 'R-3' },
]

const database = await testDatabase()
const undisturbed = await walk(0, 'before', 'reconnect')

test('the scenario has a commit for each of its steps', () => {
  assert.equal(undisturbed.commits, scenario.length)
  assert.equal(undisturbed.ledger.length > scenario.length, true)
})

for (const cut of ['before', 'after'] as const) {
  test(`dies ${cut} each commit in turn, starts again, and ends with the same ledger`, async () => {
    for (let nth = 1; nth <= scenario.length; nth++) await assertSame(nth, cut, 'restart')
  })

  test(`loses its connection ${cut} each commit in turn, connects again, and ends with the same ledger`, async () => {
    for (let nth = 1; nth <= scenario.length; nth++) await assertSame(nth, cut, 'reconnect')
  })
}

async function assertSame(nth: number, cut: Cut, then: Then): Promise<void> {
  const walked = await walk(nth, cut, then)
  assert(walked.wasCut, `commit ${nth} was cut`)
  assert.deepEqual(walked.ledger, undisturbed.ledger, `cut ${cut} commit ${nth}, then ${then}`)
}

/** A restart: the engine is left as if its process were dead, and a new one is asked again with the same keys. */
type Then = 'restart' | 'reconnect'

async function walk(nth: number, cut: Cut, then: Then) {
  const merchant = await addMerchant(database.pool)
  const died = Promise.withResolvers<'died'>()
  const cutting = cutAtCommit(database.url, nth, cut, () => then === 'restart' && died.resolve('died'))
  const first = createEngine({
    connect: then === 'restart' && nth > 0 ? untilDead(cutting) : cutting.connect,
    clock: systemClock,
    companions,
    lanes: 1,
  })
  let engine = first
  let paymentId: PaymentId | null = null
  // A shop that asks again needs a key. A connection that is lost is the engine's own affair: the command's id must do.
  const keyOf = (at: number) => (then === 'restart' ? `step-${at}` : undefined)
  for (const [at, action] of scenario.entries()) {
    const done: PaymentId | 'died' = await Promise.race([
      ask(engine, merchant, paymentId, action, keyOf(at)),
      died.promise,
    ])
    if (done === 'died') {
      await first.close() // with no connection to be had any more, it can do nothing about what was cut
      engine = createEngine({ connect: cutting.connect, clock: systemClock, companions, lanes: 1 })
      paymentId = await ask(engine, merchant, paymentId, action, keyOf(at))
      continue
    }
    paymentId = done
  }
  await engine.close()
  return { ...outcomeOf(cutting), ledger: await ledgerOf(database.pool, merchant) }
}

/** A dead process connects no more. The code is one that the engine takes for a firm no, so that it gives up at once. */
function untilDead({ connect, wasCut }: CutConnect): CutConnect['connect'] {
  return async () => {
    if (wasCut()) throw Object.assign(new Error('this process is dead'), { code: '53300' })
    return await connect()
  }
}

function outcomeOf(cutting: CutConnect) {
  return { commits: cutting.commits(), wasCut: cutting.wasCut() }
}

async function ask(
  engine: RunningEngine,
  merchant: MerchantTerms,
  paymentId: PaymentId | null,
  action: Action,
  key: string | undefined,
): Promise<PaymentId> {
  const claim = {
    operation: action.kind,
    bodyHash: Buffer.alloc(32),
    render: (reply: { payment: { id: PaymentId } }) => reply.payment.id,
  }
  const idempotency = key === undefined ? {} : { idempotency: { ...claim, key } }
  const reply = await engine.execute({ id: newCommandId(), merchant, paymentId, action, ...idempotency })
  assert(reply.kind !== 'rejected', `${action.kind} is done, not ${inspect(reply)}`)
  return reply.kind === 'replayed' ? (reply.response as PaymentId) : reply.payment.id
}

/** Everything that was written, without ids and times. */
async function ledgerOf(pool: pg.Pool, merchant: MerchantTerms): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select concat_ws(' ', 'event', sequence, kind, state, amount, total, merchant_reference, note) as line
       from event where merchant_id = $1
     union all select concat_ws(' ', 'transfer', sequence, line, kind, debit, credit, amount) from transfer
       where merchant_id = $1
     union all select concat_ws(' ', 'payment', state, authorized, captured, refunded, reduced, sequence) from payment
       where merchant_id = $1
     union all select concat_ws(' ', 'attempt', state, amount) from attempt where merchant_id = $1
     order by line`,
    [merchant.id],
  )
  assert.deepEqual((await checkLedger(pool, merchant.id)).discrepancies, [])
  return rows.map((row) => row.line)
}
