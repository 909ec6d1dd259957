import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import {
  accepted,
  addMerchant,
  createAuthorized,
  createOrder,
  reasonOf,
  run,
  testEngine,
} from '../../test/support/payments/engine.ts'
import { aNewPayment, anAttempt } from '../../test/support/payments/factories.ts'
import { findPayment, listEvents } from '../db/payment/payments.ts'
import { connectClient } from '../db/wire/connection.ts'
import type { Payment } from '../domain/payment/payment.ts'
import { type AttemptId, newAttemptId, type PaymentId } from '../kernel/ids.ts'
import type { Command } from './command.ts'
import { mayReleaseStock } from './companions/catalogue-stock.ts'

/* Commands that say what they last saw of their payment: decided without looking, and never on what is no longer true. */

const { url, pool, change } = await testDatabase()
const merchant = await addMerchant(pool)
/** Another server on the same database: it knows nothing of what this one has in flight. */
const other = testEngine(url)

/** Names of the statements that the engine's one lane has sent. */
const sent: string[] = []
beforeEach(() => void sent.splice(0))
const engine = testEngine(url, {
  lanes: 1,
  connect: async () => {
    const client = await connectClient(url, { pipeline: true })
    const query = client.query.bind(client)
    const noting = ((config: { name?: string }) => {
      if (config.name) sent.push(config.name)
      return query(config as never)
    }) as typeof client.query
    return Object.assign(client, { query: noting })
  },
})

/** An order whose shopper is being authorized. */
async function startAttempt(): Promise<{ lastSeen: Payment; attemptId: AttemptId; id: PaymentId }> {
  const id = await createOrder(engine, merchant)
  const attemptId = newAttemptId()
  const { payment } = accepted(await run(engine, merchant, id, { kind: 'start_attempt', ...anAttempt({ attemptId }) }))
  sent.splice(0)
  return { lastSeen: payment, attemptId, id }
}

function approval(attemptId: AttemptId): Command['action'] {
  const outcome = { kind: 'succeeded', railReference: `sandbox_${attemptId}` } as const
  return { kind: 'finish_attempt', attemptId, outcome, reversalId: newAttemptId() }
}

async function kindsOf(id: PaymentId): Promise<string[]> {
  return (await listEvents(pool, merchant.id, id)).map((event) => event.kind)
}

test('writes the change of a payment that nobody else has changed, without looking at it again', async () => {
  const { id, attemptId, lastSeen } = await startAttempt()
  const { payment } = accepted(await run(engine, merchant, id, approval(attemptId), { lastSeen }))
  assert.equal(payment.state, 'authorized')
  assert.deepEqual((await findPayment(pool, merchant.id, id))?.payment, payment)
  assert.equal(sent.includes('lock_payments'), false)
  assert(sent.includes('update_payments'))
})

test('looks after all when another server changed the payment since, and loses nothing of that change', async () => {
  const { id, attemptId, lastSeen } = await startAttempt()
  accepted(await run(other, merchant, id, { kind: 'update_references', merchantReference: 'changed meanwhile' }))
  const { payment } = accepted(await run(engine, merchant, id, approval(attemptId), { lastSeen }))
  assert.equal(payment.state, 'authorized')
  assert.equal(payment.merchantReference, 'changed meanwhile')
  assert.deepEqual((await findPayment(pool, merchant.id, id))?.payment, payment)
  assert.deepEqual(await kindsOf(id), ['created', 'attempt_started', 'references_updated', 'authorized'])
  assert(sent.includes('lock_payments'))
})

test('applies an end once that another server recorded first', async () => {
  const { id, attemptId, lastSeen } = await startAttempt()
  accepted(await run(other, merchant, id, approval(attemptId)))
  assert.equal(reasonOf(await run(engine, merchant, id, approval(attemptId), { lastSeen })), 'nothing_due')
  assert.deepEqual(await kindsOf(id), ['created', 'attempt_started', 'authorized'])
})

test('refuses nothing on the ground of what was last seen', async () => {
  const { id, lastSeen } = await startAttempt()
  const before = { ...lastSeen, pendingAttempt: null, sequence: lastSeen.sequence - 1 }
  const { attemptId } = await startAttempt()
  const unknown = await run(engine, merchant, id, approval(attemptId), { lastSeen: before })
  assert.equal(reasonOf(unknown), 'nothing_due')
  assert(sent.includes('lock_payments'), 'the refusal was looked up')
  const standing = lastSeen.pendingAttempt?.id ?? assert.fail('an attempt is pending')
  const { payment } = accepted(await run(engine, merchant, id, approval(standing), { lastSeen: before }))
  assert.equal(payment.state, 'authorized')
})

test('lets a batch succeed in which one command had seen too little', async () => {
  const stale = await startAttempt()
  const fresh = await startAttempt()
  accepted(await run(other, merchant, stale.id, { kind: 'update_references', merchantReference: 'newer' }))
  const replies = await Promise.all([
    run(engine, merchant, null, { kind: 'create', ...aNewPayment() }),
    run(engine, merchant, stale.id, approval(stale.attemptId), { lastSeen: stale.lastSeen }),
    run(engine, merchant, fresh.id, approval(fresh.attemptId), { lastSeen: fresh.lastSeen }),
  ])
  assert.deepEqual(
    replies.map((reply) => accepted(reply).payment.state),
    ['created', 'authorized', 'authorized'],
  )
  assert.equal(accepted(replies[1]).payment.merchantReference, 'newer')
  for (const { id } of [stale, fresh])
    assert.equal((await kindsOf(id)).filter((kind) => kind === 'authorized').length, 1)
})

test('decides later commands of the batch on what the first one left', async () => {
  const { id, attemptId, lastSeen } = await startAttempt()
  const replies = await Promise.all([
    run(engine, merchant, id, approval(attemptId), { lastSeen }),
    run(engine, merchant, id, { kind: 'capture' }),
    run(engine, merchant, id, { kind: 'refund', amount: 4_000n }),
  ])
  assert.deepEqual(
    replies.map((reply) => accepted(reply).payment.state),
    ['authorized', 'captured', 'partially_refunded'],
  )
})

test('lets one of two servers win that end the same attempt at once, whatever both have seen', async () => {
  for (let round = 0; round < 10; round++) {
    const { id, attemptId, lastSeen } = await startAttempt()
    const replies = await Promise.all(
      [engine, other].map((each) => run(each, merchant, id, approval(attemptId), { lastSeen })),
    )
    assert.deepEqual(replies.map(reasonOf).sort(), ['accepted', 'nothing_due'])
    assert.deepEqual(await kindsOf(id), ['created', 'attempt_started', 'authorized'])
  }
})

test('never waits in a circle with another server that changes the same payments in another order', async () => {
  for (let round = 0; round < 5; round++) {
    const started = await Promise.all(Array.from({ length: 20 }, startAttempt))
    const finish = (each: typeof engine) => (one: (typeof started)[number]) =>
      run(each, merchant, one.id, approval(one.attemptId), { lastSeen: one.lastSeen })
    const replies = await Promise.all([...started.map(finish(engine)), ...started.toReversed().map(finish(other))])
    assert.equal(replies.filter((reply) => reply.kind === 'accepted').length, started.length)
  }
  const { rows } = await pool.query<{ deadlocks: bigint }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  assert.equal(rows[0]?.deadlocks, 0n)
})

test('is not applied to a payment that the database has lost', async () => {
  const { id, attemptId, lastSeen } = await startAttempt()
  await change('alter table event disable trigger user')
  await pool.query('delete from event where source_id = $1', [id])
  await pool.query('delete from payment where payment_id = $1', [id])
  await change('alter table event enable trigger user')
  assert.equal(reasonOf(await run(engine, merchant, id, approval(attemptId), { lastSeen })), 'unknown_payment')
  assert.deepEqual(await kindsOf(id), [])
})

test('looks at a payment that may give seats back, and at one whose request is asked for', async () => {
  for (const more of [{ attachments: [mayReleaseStock] }, { wantsDetails: true }]) {
    const { id, attemptId, lastSeen } = await startAttempt()
    const reply = accepted(await run(engine, merchant, id, approval(attemptId), { lastSeen, ...more }))
    assert(sent.includes('lock_payments'))
    assert.equal(reply.details, 'wantsDetails' in more ? '{}' : null)
  }
})

test('believes what was loaded for another command before what was last seen, and the newer of two', async () => {
  const { id, attemptId, lastSeen } = await startAttempt()
  const newer = accepted(
    await run(other, merchant, id, { kind: 'update_references', merchantReference: 'newer' }),
  ).payment
  const [first, second] = await Promise.all([
    run(engine, merchant, id, { kind: 'update_references', merchantReference: 'newest' }),
    run(engine, merchant, id, approval(attemptId), { lastSeen }),
  ])
  assert.equal(accepted(first).payment.sequence, newer.sequence + 1)
  assert.equal(accepted(second).payment.merchantReference, 'newest')
  const again = await startAttempt()
  const seen = accepted(
    await run(engine, merchant, again.id, { kind: 'update_references', merchantReference: 'a' }),
  ).payment
  sent.splice(0)
  const [late, end] = await Promise.all([
    run(
      engine,
      merchant,
      again.id,
      { kind: 'update_references', merchantReference: 'b' },
      { lastSeen: again.lastSeen },
    ),
    run(engine, merchant, again.id, approval(again.attemptId), { lastSeen: seen }),
  ])
  assert.deepEqual(
    [late, end].map((reply) => accepted(reply).payment.merchantReference),
    ['b', 'b'],
  )
  assert.equal(sent.includes('lock_payments'), false)
})

test('tells nobody that nothing was to do on the ground of what was last seen', async () => {
  const id = await createAuthorized(engine, merchant)
  const { payment: captured } = accepted(await run(engine, merchant, id, { kind: 'capture' }))
  accepted(await run(other, merchant, id, { kind: 'refund', amount: captured.captured }))
  sent.splice(0)
  await run(engine, merchant, id, { kind: 'capture' }, { lastSeen: captured })
  assert(sent.includes('lock_payments'))
})

test('lets others of the batch be refused for what was really so, although it was decided twice', async () => {
  const stale = await startAttempt()
  accepted(await run(other, merchant, stale.id, { kind: 'update_references', merchantReference: 'newer' }))
  const id = await createAuthorized(engine, merchant)
  const [tooMuch] = await Promise.all([
    run(engine, merchant, id, { kind: 'capture', amount: 99_999n }),
    run(engine, merchant, id, { kind: 'update_references', merchantReference: 'x' }),
    run(engine, merchant, stale.id, approval(stale.attemptId), { lastSeen: stale.lastSeen }),
  ])
  assert.equal(reasonOf(tooMuch), 'amount_exceeds_open')
})
