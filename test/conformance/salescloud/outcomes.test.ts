import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importCatalogue } from '../../../src/app/catalogue/import-catalogue.ts'
import { sandboxCatalogue } from '../../../src/domain/catalogue/file/sandbox-catalogue.ts'
import { Unavailable } from '../../../src/engine/command.ts'
import type { CardAcquirer, FindOutcome, RailOutcome } from '../../../src/rails/rail.ts'
import { aUuid } from '../../support/protocols/catalogue.ts'
import {
  aPayment,
  approvedCard,
  requestPayment,
  rowCounts,
  type SalescloudServer,
  startSalescloud,
} from '../../support/protocols/salescloud.ts'

const salescloud = await startSalescloud()
const secondServer = await startSalescloud({ database: salescloud.database })
const servers = [salescloud, secondServer]
const serverOf = (index: number) => servers[index % 2] as SalescloudServer
const callsOf = () => salescloud.calls.length + secondServer.calls.length

const declinedCard = { ...approvedCard, cardNumber: '4000000000000002' }
const seats = { uuid: '2ea94c7d-51f8-4b03-86ce-0d9b7f3a5e12', quantity: 1, startsAtTimeInMillis: 2_066_324_400_000 }
const aSeat = (overrides: object = {}) => aPayment({ amount: 4900, items: [seats], ...overrides })
const limitedCoupon = aUuid(70)

test('charges once for thirty requests with one requestId at once on two servers, and answers all the same', async () => {
  const before = callsOf()
  const payload = aPayment({ requestId: 'at-once' })
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => requestPayment(serverOf(index), payload)))
  assert.equal(callsOf() - before, 1)
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
  assert.equal(answers[0]?.json.errorCode, 0)
})

test('refuses a requestId with another body, and without one charges each time', async () => {
  await requestPayment(salescloud, aPayment({ requestId: 'once' }))
  for (const overrides of [{ amount: 1001 }, { comment: 'x' }, { details: declinedCard }, { currency_code: 'EUR' }]) {
    const { status, json } = await requestPayment(secondServer, aPayment({ requestId: 'once', ...overrides }))
    assert.deepEqual([status, json.errorCode], [404, 6], JSON.stringify(overrides))
  }
  const before = callsOf()
  await requestPayment(salescloud, aPayment())
  await requestPayment(salescloud, aPayment())
  assert.equal(callsOf() - before, 2)
})

test('sells two seats to two of twenty, gives a declined one back, and replays a sale that sold out', async () => {
  assert.equal((await requestPayment(salescloud, aSeat({ details: declinedCard }))).json.errorCode, 3)
  const before = callsOf()
  const sales = await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      return requestPayment(serverOf(index), aSeat({ requestId: `seat-${index}` }))
    }),
  )
  const sold = sales.flatMap(({ json }, index) => (json.success ? [index] : []))
  assert.equal(sold.length, 2)
  assert.equal(callsOf() - before, 2)
  assert.deepEqual(new Set(sales.map(({ json }) => json.errorCode)), new Set([0, 13]))
  const [winner = 0] = sold
  const again = await requestPayment(serverOf(winner + 1), aSeat({ requestId: `seat-${winner}` }))
  assert.equal(again.text, sales[winner]?.text, 'sold out by itself is not a reason for another answer')
})

test('lets a coupon be used as often as its limit says', async () => {
  const text = JSON.stringify({
    organization: sandboxCatalogue.organization,
    coupons: [{ uuid: limitedCoupon, title: 'Three times', amount: 50, usageLimit: 3 }],
  })
  const imported = await importCatalogue(salescloud.database.pool, { text, seal: (plain) => Buffer.from(plain) })
  assert(imported.ok)
  const croissant = { uuid: 'b80e6d25-4f97-4a1c-93d8-7c2f5e0ab146', quantity: 1 }
  const sale = aPayment({ amount: 400, coupon: limitedCoupon, items: [croissant] })
  await requestPayment(salescloud, { ...sale, details: declinedCard })
  const sales = await Promise.all(Array.from({ length: 12 }, (_, index) => requestPayment(serverOf(index), sale)))
  assert.equal(sales.filter(({ json }) => json.success).length, 3)
  assert.deepEqual(new Set(sales.map(({ json }) => json.errorCode)), new Set([0, 14]))
})

const approved: RailOutcome = { kind: 'succeeded', railReference: 'r-1', code: '00', payload: { b: '2', a: '1' } }
const declined: RailOutcome = { kind: 'declined', reason: 'expired_card', code: '54', payload: {} }
const unknown: RailOutcome = { kind: 'unknown', detail: 'cut' }

/** An acquirer that never answers a call, and answers the questions about it one after the other. */
function silent(...answers: readonly FindOutcome[]): CardAcquirer {
  const left = [...answers]
  return { name: 'silent', perform: async () => unknown, find: async () => left.shift() ?? unknown }
}

const shortly = { acquirerDeadlineMs: 50, deadlineMs: 400 }

/** Time for every answer that comes at all, on any machine. */
const patiently = { acquirerDeadlineMs: 50, deadlineMs: 60_000 }

async function outcomeWith(acquirer: CardAcquirer, deadlines = patiently): Promise<[number, number, string]> {
  const server = await startSalescloud({ acquirer, deadlines })
  const first = await requestPayment(server, aPayment({ requestId: 'asked' }))
  const again = await requestPayment(server, aPayment({ requestId: 'asked' }))
  assert.equal(again.text, first.text)
  assert.equal(server.calls.length, 1)
  const { rows } = await server.database.pool.query<{ state: string }>('select state from payment')
  return [first.status, first.json.errorCode, rows.map(({ state }) => state).join()]
}

test('asks the acquirer until it says what became of the payment', async () => {
  assert.deepEqual(await outcomeWith(silent(unknown, approved)), [200, 0, 'captured'])
  assert.deepEqual(await outcomeWith(silent(declined)), [200, 20, 'failed'])
  assert.deepEqual(await outcomeWith(silent({ kind: 'never_seen' })), [200, 29, 'failed'])
})

test('answers 200 and outcome unknown when the acquirer never says, and keeps to that answer', async () => {
  assert.deepEqual(await outcomeWith(silent(), shortly), [200, 30, 'failed'])
})

test('answers 404 while the database is away before anything is requested', async () => {
  const server = await startSalescloud({
    database: salescloud.database,
    beforeCommand: () => {
      throw new Unavailable('away', { retryAfterSeconds: 1 })
    },
  })
  const before = await rowCounts(server)
  const { status, json } = await requestPayment(server, aPayment({ requestId: 'away' }))
  assert.deepEqual([status, json.errorCode, server.calls.length], [404, 7, 0])
  assert.deepEqual(await rowCounts(server), before)
})

test('answers 200 when the database goes away after the payment was requested', async () => {
  let commands = 0
  const server = await startSalescloud({
    deadlines: shortly,
    beforeCommand: () => {
      commands += 1
      if (commands > 1) throw new Unavailable('away', { retryAfterSeconds: 1 })
    },
  })
  const { status, json } = await requestPayment(server, aPayment())
  assert.deepEqual([status, json.success, json.errorCode, server.calls.length], [200, false, 30, 1])
})

test('answers 200 when a mistake of ours hides what became of a payment', async () => {
  const server = await startSalescloud({
    beforeCommand: () => {
      throw new Error('a mistake of ours')
    },
  })
  const { status, json, text } = await requestPayment(server, aPayment())
  assert.deepEqual([status, json.errorCode, text.includes('mistake')], [200, 30, false])
})

test('answers 404 and JSON when the database is gone', async () => {
  const server = await startSalescloud()
  await server.database.close()
  const { status, json } = await requestPayment(server, aPayment())
  assert.deepEqual([status, json.success, json.errorCode, server.calls.length], [404, false, 7, 0])
})

test('tells both callers the same when one gave up before the acquirer approved, and takes the charge back', async () => {
  const called = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<RailOutcome>()
  const slow: CardAcquirer = {
    name: 'slow',
    perform: () => {
      called.resolve()
      return answer.promise
    },
    find: async () => unknown,
  }
  const patient = await startSalescloud({ acquirer: slow })
  const hasty = await startSalescloud({ database: patient.database, acquirer: slow, deadlines: shortly })
  const payload = aPayment({ requestId: 'two callers' })
  const first = requestPayment(patient, payload)
  await called.promise
  const second = await requestPayment(hasty, payload)
  assert.deepEqual([second.status, second.json.errorCode], [200, 30])
  answer.resolve(approved)
  assert.equal((await first).text, second.text)
  const { rows } = await patient.database.pool.query('select purpose, state from attempt order by started_at')
  assert.deepEqual(rows, [
    { purpose: 'sale', state: 'succeeded' },
    { purpose: 'void', state: 'pending' },
  ])
  assert.equal(patient.calls.length + hasty.calls.length, 1)
})
