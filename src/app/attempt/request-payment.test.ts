import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant, testEngine } from '../../../test/support/payments/engine.ts'
import { aCard } from '../../../test/support/payments/factories.ts'
import { aClaim, aPaymentRequest, cardProduct, plainOrder } from '../../../test/support/payments/payment-requests.ts'
import { listEvents } from '../../db/payment/payments.ts'
import { connectClient } from '../../db/wire/connection.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import { type Engine, Unavailable } from '../../engine/command.ts'
import { mayReleaseStock } from '../../engine/companions/catalogue-stock.ts'
import { systemClock } from '../../kernel/clock.ts'
import { newAttemptId, newCommandId, type PaymentId } from '../../kernel/ids.ts'
import { createSandbox } from '../../rails/card/sandbox/sandbox.ts'
import type { CardAcquirer } from '../../rails/rail.ts'
import { createReadSettled } from './read-settled.ts'
import {
  createRequestPayment,
  type PaymentRequest,
  type RequestResult,
  type SettledPayment,
} from './request-payment.ts'

const { url, pool } = await testDatabase()
const engine = testEngine(url)
const merchant = await addMerchant(pool, { products: [cardProduct] })
const readSettled = createReadSettled(pool)

function aRequest(overrides: Partial<PaymentRequest> = {}): PaymentRequest {
  return aPaymentRequest({ merchant, acquirer: createSandbox(systemClock), ...overrides })
}

function settledOf(result: RequestResult): SettledPayment {
  return result.kind === 'settled' ? result.settled : assert.fail(`not settled: ${result.rejection.reason}`)
}

async function kindsOf(id: PaymentId): Promise<string[]> {
  return (await listEvents(pool, merchant.id, id)).map((event) => event.kind)
}

/** The payment of a recorded attempt: what an acquirer cannot know, and another process can. */
async function paymentOfAttempt(attemptId: string): Promise<PaymentId> {
  const { rows } = await pool.query<{ payment_id: PaymentId }>('select payment_id from attempt where attempt_id = $1', [
    attemptId,
  ])
  return rows[0]?.payment_id ?? assert.fail('the attempt is recorded before the call')
}

async function giveUpElsewhere(attemptId: Parameters<CardAcquirer['find']>[0]): Promise<void> {
  const paymentId = await paymentOfAttempt(attemptId)
  const outcome = { kind: 'abandoned' } as const
  const action = { kind: 'finish_attempt', attemptId, outcome, reversalId: newAttemptId() } as const
  const reply = await engine.execute({ id: newCommandId(), merchant, paymentId, action })
  assert.equal(reply.kind, 'accepted')
}

/** The engine as it is, whose later commands (1 is the second) fail instead. */
function failingFrom(index: number, error: () => Error): Engine {
  let calls = 0
  return { execute: (command) => (calls++ >= index ? Promise.reject(error()) : engine.execute(command)) }
}

test('answers an approval, and the same to a replay', async () => {
  const pay = createRequestPayment({ engine, readSettled })
  const request = aRequest({ claim: aClaim('approved') })
  const first = settledOf(await pay(request))
  assert.equal(first.outcome.kind, 'approved')
  assert.deepEqual(settledOf(await pay(request)), first)
})

for (const number of ['4242424242424242', '4000000000009995']) {
  test(`answers unknown for ${number.slice(-4)} when another process gave the payment up meanwhile`, async () => {
    const sandbox = createSandbox(systemClock)
    const acquirer: CardAcquirer = {
      ...sandbox,
      perform: async (request, deadlineMs) => {
        await giveUpElsewhere(request.attemptId)
        return await sandbox.perform(request, deadlineMs)
      },
    }
    const request = aRequest({ acquirer, card: aCard({ number }), claim: aClaim(`given up ${number}`) })
    const pay = createRequestPayment({ engine, readSettled })
    const first = settledOf(await pay(request))
    assert.deepEqual(first.outcome, { kind: 'unknown' })
    assert.deepEqual(settledOf(await pay(request)), first)
  })
}

test('looks for what a payment holds at its end only where its own order took something', async () => {
  const asked: (boolean | undefined)[] = []
  const watched: Engine = {
    execute: (command) => {
      if (command.paymentId !== null) asked.push(command.attachments?.includes(mayReleaseStock) ?? false)
      return engine.execute(command)
    },
  }
  const pay = createRequestPayment({ engine: watched, readSettled })
  settledOf(await pay(aRequest()))
  const coupon = '71f3d0c8-2ab6-4c95-8e4d-f05b6a9c1e73' as Uuid
  settledOf(await pay(aRequest({ order: { ...plainOrder, couponUse: coupon } })))
  assert.deepEqual(asked, [false, true])
})

test('attempts the payment whose commit was answered by a lost connection only', async () => {
  let cut = false
  const lossy = testEngine(url, {
    lanes: 1,
    connect: async () => {
      const client = await connectClient(url, { pipeline: true })
      const query = client.query.bind(client)
      const losing = ((...args: Parameters<typeof query>) => {
        const result = query(...args)
        if (cut || args[0] !== ('commit' as unknown)) return result
        cut = true
        return Promise.resolve(result).then(() => Promise.reject(new Error('Connection terminated unexpectedly')))
      }) as typeof client.query
      return Object.assign(client, { query: losing })
    },
  })
  const pay = createRequestPayment({ engine: lossy, readSettled, deadlineMs: 60_000 })
  const { outcome, paymentId } = settledOf(await pay(aRequest({ claim: aClaim('lost commit') })))
  assert.ok(cut)
  assert.equal(outcome.kind, 'approved')
  assert.deepEqual(await kindsOf(paymentId), ['created', 'captured'])
})

test('never throws once the payment is recorded: a bug in a connector is an outcome that nobody knows', async () => {
  const broken: CardAcquirer = {
    name: 'sandbox',
    perform: () => Promise.reject(new TypeError('undefined is not a function')),
    find: () => Promise.reject(new TypeError('undefined is not a function')),
  }
  const pay = createRequestPayment({ engine, readSettled })
  const { outcome, paymentId } = settledOf(await pay(aRequest({ acquirer: broken })))
  assert.deepEqual(outcome, { kind: 'unknown' })
  assert.deepEqual(await kindsOf(paymentId), ['created', 'attempt_abandoned'])
})

test('never throws once the payment is recorded: what the database refuses to store is unknown', async () => {
  const pay = createRequestPayment({ engine: failingFrom(1, () => new RangeError('cannot be stored')), readSettled })
  assert.deepEqual(settledOf(await pay(aRequest())).outcome, { kind: 'unknown' })
})

test('says that the outcome is unknown when the database went away after the acquirer said yes', async () => {
  const away = () => new Unavailable('away', { retryAfterSeconds: 1 })
  const pay = createRequestPayment({
    engine: failingFrom(1, away),
    readSettled: () => Promise.reject(away()),
    deadlineMs: 250,
  })
  assert.deepEqual(settledOf(await pay(aRequest())).outcome, { kind: 'unknown' })
})

test('throws when the database is away before anything was recorded, and calls nobody', async () => {
  const acquirer = { ...createSandbox(systemClock), perform: () => assert.fail('the acquirer was called') }
  const away = () => new Unavailable('away', { retryAfterSeconds: 1 })
  const pay = createRequestPayment({ engine: failingFrom(0, away), readSettled })
  await assert.rejects(pay(aRequest({ acquirer })), Unavailable)
})
