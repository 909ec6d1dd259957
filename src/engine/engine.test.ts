import assert from 'node:assert/strict'
import crypto, { createHash } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { test } from 'node:test'
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
import { aNewPayment, aReceipt } from '../../test/support/payments/factories.ts'
import { findPayment, listEvents } from '../db/payment/payments.ts'
import { connectClient } from '../db/wire/connection.ts'
import { newCommandId, type PaymentId } from '../kernel/ids.ts'
import { type AcceptedReply, type IdempotencyClaim, Unavailable } from './command.ts'

const { url, pool } = await testDatabase()
const engine = testEngine(url)
const merchant = await addMerchant(pool)
const create = { kind: 'create', ...aNewPayment() } as const

function aClaim(key: string, body = 'body'): IdempotencyClaim {
  const bodyHash = createHash('sha256').update(body).digest()
  return { operation: 'test', key, bodyHash, render: (reply: AcceptedReply) => `answer for ${reply.payment.id}` }
}

test('answers a new order once it is durable, with its request kept', async () => {
  const reply = accepted(await run(engine, merchant, null, { ...create, details: '{"a": "ü\\u0000"}' }))
  const stored = await findPayment(pool, merchant.id, reply.payment.id)
  assert.deepEqual(stored?.payment, reply.payment)
  assert.equal(stored?.details, '{"a": "ü\\u0000"}')
  assert.equal(reply.payment.id.slice(0, 4), merchant.prefix)
})

test('runs the life of an order and writes its events in order', async () => {
  const id = await createAuthorized(engine, merchant)
  const captured = accepted(await run(engine, merchant, id, { kind: 'capture' }, { wantsDetails: true }))
  assert.equal(captured.payment.state, 'captured')
  assert.equal(captured.details, '{}')
  const refunded = accepted(await run(engine, merchant, id, { kind: 'refund', amount: 4_000n }))
  assert.deepEqual((await findPayment(pool, merchant.id, id))?.payment, refunded.payment)
  assert.deepEqual(
    (await listEvents(pool, merchant.id, id)).map((event) => event.kind),
    ['created', 'attempt_started', 'authorized', 'captured', 'refunded'],
  )
})

test('tells an unknown payment and another merchant the same', async () => {
  const other = await addMerchant(pool)
  const id = await createOrder(engine, merchant)
  assert.equal(
    reasonOf(await run(engine, merchant, 'ZZZZZZZZZZZZ' as PaymentId, { kind: 'capture' })),
    'unknown_payment',
  )
  assert.equal(reasonOf(await run(engine, other, id, { kind: 'capture' })), 'unknown_payment')
})

test('does not let one protocol reach a payment that another one made', async () => {
  const id = await createAuthorized(engine, merchant)
  const reply = await run(engine, merchant, id, { kind: 'capture' }, { protocol: 'salescloud' })
  assert.equal(reasonOf(reply), 'unknown_payment')
  accepted(await run(engine, merchant, id, { kind: 'capture' }, { protocol: 'scalapay' }))
})

test('runs commands of one payment in their order, each on what the one before left', async () => {
  const id = await createAuthorized(engine, merchant)
  const replies = await Promise.all([
    run(engine, merchant, id, { kind: 'delay', periodMs: 60_000 }),
    run(engine, merchant, id, { kind: 'capture_part', amount: 1_000n }),
    run(engine, merchant, id, { kind: 'capture_part', amount: 2_000n }),
    run(engine, merchant, id, { kind: 'close' }),
    run(engine, merchant, id, { kind: 'refund', amount: 3_000n }),
  ])
  assert.deepEqual(
    replies.map((reply) => accepted(reply).payment.state),
    ['delayed', 'delayed', 'delayed', 'captured', 'refunded'],
  )
})

test('lets one of two hundred parallel captures and refunds of an order win, and never refunds more than was captured', async () => {
  const id = await createAuthorized(engine, merchant)
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      run(
        engine,
        merchant,
        id,
        i % 2 ? { kind: 'refund', amount: 3_000n } : { kind: 'capture', amount: 5_000n + BigInt(i) },
      ),
    ),
  )
  const moved = replies.filter((reply) => reply.kind === 'accepted' && reply.events.length > 0)
  const kinds = moved.map((reply) => accepted(reply).events[0]?.kind)
  assert.deepEqual(kinds, ['captured', 'refunded'])
  assert.deepEqual(
    new Set(replies.filter((reply) => reply.kind === 'rejected').map(reasonOf)),
    new Set(['operation_in_progress']),
  )
})

test('answers the stored reply when the key is replayed, also within one batch and from another server', async () => {
  const other = testEngine(url)
  const claim = aClaim('key-1')
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, i) => run(i % 2 ? other : engine, merchant, null, create, { idempotency: claim })),
  )
  const fresh = replies.filter((reply) => reply.kind === 'accepted')
  assert.equal(fresh.length, 1)
  const answer = `answer for ${accepted(fresh[0] as AcceptedReply).payment.id}`
  for (const reply of replies)
    if (reply.kind !== 'accepted') assert.deepEqual(reply, { kind: 'replayed', response: answer })
})

test('refuses the key when the body differs', async () => {
  accepted(await run(engine, merchant, null, create, { idempotency: aClaim('key-2') }))
  assert.equal(
    reasonOf(await run(engine, merchant, null, create, { idempotency: aClaim('key-2', 'other') })),
    'key_reused',
  )
})

test('leaves the key free when the operation was refused', async () => {
  const id = await createAuthorized(engine, merchant)
  const idempotency = aClaim('key-3')
  assert.equal(
    reasonOf(await run(engine, merchant, id, { kind: 'refund', amount: 1n }, { idempotency })),
    'wrong_state',
  )
  accepted(await run(engine, merchant, id, { kind: 'capture' }))
  accepted(await run(engine, merchant, id, { kind: 'refund', amount: 1n }, { idempotency }))
})

test('splits a batch that the database refuses until only the culprit fails', async () => {
  const culprit = { ...create, details: '{ not json' }
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, (_, i) => run(engine, merchant, null, i === 17 ? culprit : create)),
  )
  assert.deepEqual(
    results.map((result, i) => (result.status === 'rejected' ? i : -1)).filter((i) => i >= 0),
    [17],
  )
})

test('lets a command that meets a bug fail alone', async () => {
  const broken = { ...aClaim('key-4'), render: () => assert.fail('cannot be rendered') }
  const results = await Promise.allSettled([
    run(engine, merchant, null, create),
    run(engine, merchant, null, create, { idempotency: broken }),
    run(engine, merchant, null, create),
  ])
  assert.deepEqual(
    results.map((result) => result.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
})

test('never applies a commit twice whose answer was lost', async () => {
  let cut = 0
  const lossy = testEngine(url, {
    lanes: 1,
    connect: async () => {
      const client = await connectClient(url, { pipeline: true })
      if (cut++ > 0) return client
      const query = client.query.bind(client)
      const losing = ((...args: Parameters<typeof query>) => {
        const result = query(...args)
        if (args[0] !== ('commit' as unknown)) return result
        return Promise.resolve(result).then(() => Promise.reject(new Error('Connection terminated unexpectedly')))
      }) as typeof client.query
      return Object.assign(client, { query: losing })
    },
  })
  const id = newCommandId()
  const reply = accepted(await lossy.execute({ id, merchant, paymentId: null, action: create }))
  assert.equal(cut, 2)
  assert.deepEqual(
    reply.events.map((event) => event.kind),
    ['created'],
  )
  const made = await pool.query('select source_id from event where command_id = $1', [id])
  assert.deepEqual(made.rows, [{ source_id: reply.payment.id }])
})

test('writes nothing when its transaction did not begin, although everything was sent at once', async () => {
  const stalled = testEngine(url, {
    lanes: 1,
    connect: async () => {
      const client = await connectClient(url, { pipeline: true })
      const query = client.query.bind(client) as (...words: unknown[]) => unknown
      // What a machine that stood still for the statement timeout meets: the statement is ended, whichever it is.
      const ended = 'select pg_cancel_backend(pg_backend_pid())'
      const stalling = (words: unknown) => query(String(words).startsWith('begin') ? ended : words)
      return Object.assign(client, { query: stalling })
    },
  })
  const id = newCommandId()
  await assert.rejects(stalled.execute({ id, merchant, paymentId: null, action: create }), Unavailable)
  const written = await pool.query('select kind from event where command_id = $1', [id])
  assert.deepEqual(written.rows, [])
})

test('picks another id when the random one is taken', async (t) => {
  const { randomInt } = crypto
  let drawn = 0
  t.mock.method(crypto, 'randomInt', (most: number) => (drawn++ < 16 ? 0 : randomInt(most)))
  syncBuiltinESMExports()
  t.after(() => {
    t.mock.restoreAll()
    syncBuiltinESMExports()
  })
  const taken = await createOrder(engine, merchant)
  assert.equal(taken, `${merchant.prefix}AAAAAAAA`)
  const id = await createOrder(engine, merchant)
  assert.notEqual(id, taken)
  assert.deepEqual(
    (await listEvents(pool, merchant.id, taken)).map((event) => event.kind),
    ['created'],
  )
})

test('refuses more than it can hold and takes more when it has room', async () => {
  const small = testEngine(url, { lanes: 1, mostQueued: 5, mostPerBatch: 1 })
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => run(small, merchant, null, create)))
  const refused = results.filter((result) => result.status === 'rejected')
  assert.equal(refused.length, 5)
  for (const { reason } of refused) assert.ok(reason instanceof Unavailable && reason.retryAfterSeconds === 1)
  accepted(await run(small, merchant, null, create))
})

test('says that the database is away in time, and works again when it is back', async () => {
  let isAway = true
  const flaky = testEngine(url, {
    patienceMs: 300,
    connect: () =>
      isAway ? Promise.reject(new Error('connect ECONNREFUSED')) : connectClient(url, { pipeline: true }),
  })
  await assert.rejects(run(flaky, merchant, null, create), Unavailable)
  isAway = false
  accepted(await run(flaky, merchant, null, create))
})

test('finishes what was accepted when it is closed, and takes nothing more', async () => {
  const closing = testEngine(url)
  const orders = Array.from({ length: 30 }, () => createOrder(closing, merchant))
  const closed = closing.close()
  await assert.rejects(createOrder(closing, merchant), Unavailable)
  await closed
  for (const id of await Promise.all(orders)) assert.ok(await findPayment(pool, merchant.id, id))
})

test('bounds what waits by its weight as well as by its number', async () => {
  const heavy = testEngine(url, { lanes: 1, mostPerBatch: 1, mostQueuedBytes: 5_000 })
  const details = JSON.stringify('x'.repeat(2_000))
  const results = await Promise.allSettled(
    Array.from({ length: 9 }, () => run(heavy, merchant, null, { ...create, details })),
  )
  assert.equal(results.filter((result) => result.status === 'rejected').length, 6)
})

test('does not apply a batch again that was committed without one of its statements', async () => {
  let isBroken = true
  const lossy = testEngine(url, {
    lanes: 1,
    connect: async () => {
      const client = await connectClient(url, { pipeline: true })
      const query = client.query.bind(client)
      const losing = ((config: { name?: string }) => {
        if (config.name !== 'insert_webhook_messages' || !isBroken) return query(config as never)
        isBroken = false
        return Promise.reject(new Error('never left the process'))
      }) as typeof client.query
      return Object.assign(client, { query: losing })
    },
  })
  const id = newCommandId()
  accepted(await lossy.execute({ id, merchant, paymentId: null, action: create }))
  const made = await pool.query('select from event where command_id = $1', [id])
  assert.equal(made.rowCount, 1)
})

test('keeps what arrived in a wallet of the merchant’s own, and refuses in the database to capture more than has settled', async () => {
  const made = { kind: 'create', ...aNewPayment({ funding: 'none', product: 'wallet' }) } as const
  const { payment } = accepted(await run(engine, merchant, null, made))
  accepted(await run(engine, merchant, payment.id, { kind: 'receive', ...aReceipt() }))
  const paid = accepted(await run(engine, merchant, payment.id, { kind: 'receive', ...aReceipt({ step: 'final' }) }))
  assert.equal(paid.payment.state, 'captured')
  assert.deepEqual((await findPayment(pool, merchant.id, payment.id))?.payment, paid.payment)
  await assert.rejects(
    pool.query('update payment set settled = settled - 1 where payment_id = $1', [payment.id]),
    /payment_captured_within_settled/,
  )
})
