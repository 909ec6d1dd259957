import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createReadSettled } from '../../src/app/attempt/read-settled.ts'
import {
  createRequestPayment,
  type PaymentRequest,
  type RequestPayment,
  type SettledPayment,
} from '../../src/app/attempt/request-payment.ts'
import { listEvents } from '../../src/db/payment/payments.ts'
import { type Engine, Unavailable } from '../../src/engine/command.ts'
import { createResolveAttempts } from '../../src/jobs/payments/resolve-attempts.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import type { PaymentId } from '../../src/kernel/ids.ts'
import { minute, plus } from '../../src/kernel/instant.ts'
import { createSandbox } from '../../src/rails/card/sandbox/sandbox.ts'
import type { AcquirerRequest, CardAcquirer, RailOutcome } from '../../src/rails/rail.ts'
import { testDatabase } from '../support/database.ts'
import { addMerchant, testEngine } from '../support/payments/engine.ts'
import { aCard } from '../support/payments/factories.ts'
import { aClaim, aPaymentRequest, cardProduct } from '../support/payments/payment-requests.ts'

const { url, pool } = await testDatabase()
const engine = testEngine(url)
const merchant = await addMerchant(pool, { products: [cardProduct] })
const readSettled = createReadSettled(pool)
/** For an outcome that comes, however long the machine takes to it, and for one that never does. */
const patiently = { acquirerDeadlineMs: 50, deadlineMs: 60_000 }
const shortly = { acquirerDeadlineMs: 50, deadlineMs: 400 }
const unknown: RailOutcome = { kind: 'unknown', detail: 'cut' }

function aRequest(acquirer: CardAcquirer, overrides: Partial<PaymentRequest> = {}): PaymentRequest {
  return aPaymentRequest({ merchant, acquirer, ...overrides })
}

function claimOf(key: string): { claim: { key: string; bodyHash: Buffer } } {
  return { claim: aClaim(key) }
}

type Cut = CardAcquirer & { readonly performed: AcquirerRequest[]; isAway: boolean }

/** Does what it is asked and its answer is lost; while it is away it does not answer questions either. */
function aCutAcquirer(isAway = false): Cut {
  const sandbox = createSandbox(systemClock)
  const performed: AcquirerRequest[] = []
  const acquirer: Cut = {
    name: 'sandbox',
    performed,
    isAway,
    perform: async (request, deadlineMs) => {
      performed.push(request)
      const outcome = await sandbox.perform(request, deadlineMs)
      return request.purpose === 'sale' ? unknown : outcome
    },
    find: async (id, deadlineMs) => (acquirer.isAway ? unknown : await sandbox.find(id, deadlineMs)),
  }
  return acquirer
}

async function settle(pay: RequestPayment, request: PaymentRequest): Promise<SettledPayment> {
  const result = await pay(request)
  return result.kind === 'settled' ? result.settled : assert.fail(result.rejection.reason)
}

async function kindsOf(id: PaymentId): Promise<string[]> {
  return (await listEvents(pool, merchant.id, id)).map((event) => event.kind)
}

let later = systemClock.now()

/** The job as it runs when the patience with every attempt of now is over, and again once that with this question is. */
async function resolveLater(acquirer: CardAcquirer): Promise<void> {
  const log = { warn: () => undefined, error: () => assert.fail('an error was logged') }
  const job = createResolveAttempts({ pool, engine, acquirers: async () => acquirer, log })
  later = plus(later, 10n * minute)
  while ((await job.runDue(later)) > 0);
}

/** The engine, of which the `from`th command and those after it meet an absent database until they were `times`. */
function awayFor(from: number, times: number): Engine {
  let asked = 0
  return {
    execute: async (command) => {
      asked += 1
      if (asked >= from && asked < from + times) throw new Unavailable('away', { retryAfterSeconds: 1 })
      return await engine.execute(command)
    },
  }
}

/** An engine whose process dies: what it is asked from the `from`th command on is never done nor answered. */
function deadFrom(from: number): { engine: Engine; died: Promise<void> } {
  const died = Promise.withResolvers<void>()
  let asked = 0
  const execute: Engine['execute'] = (command) => {
    if (++asked < from) return engine.execute(command)
    died.resolve()
    return new Promise(() => {})
  }
  return { engine: { execute }, died: died.promise }
}

test('finds the approval whose answer was cut off, and charges once', async () => {
  const acquirer = aCutAcquirer()
  const { outcome, paymentId } = await settle(
    createRequestPayment({ engine, readSettled, ...patiently }),
    aRequest(acquirer),
  )
  assert.equal(outcome.kind, 'approved')
  assert.equal(acquirer.performed.length, 1)
  assert.deepEqual(await kindsOf(paymentId), ['created', 'captured'])
})

test('finds the decline whose answer was cut off', async () => {
  const pay = createRequestPayment({ engine, readSettled, ...patiently })
  const card = aCard({ number: '4000000000009995' })
  const { outcome, paymentId } = await settle(pay, aRequest(aCutAcquirer(), { card }))
  assert.equal(outcome.kind === 'declined' && outcome.reason, 'insufficient_funds')
  assert.deepEqual(await kindsOf(paymentId), ['created', 'failed'])
})

test('gives up what stays unknown, and reverses its approval when the acquirer speaks again', async () => {
  const acquirer = aCutAcquirer(true)
  const pay = createRequestPayment({ engine, readSettled, ...shortly })
  const request = aRequest(acquirer, claimOf('unknown'))
  const told = await settle(pay, request)
  assert.deepEqual(told.outcome, { kind: 'unknown' })
  await resolveLater(acquirer)
  assert.deepEqual(await kindsOf(told.paymentId), ['created', 'attempt_abandoned'])
  acquirer.isAway = false
  await resolveLater(acquirer)
  assert.deepEqual((await kindsOf(told.paymentId)).slice(2), ['attempt_started', 'reversed'])
  assert.deepEqual(
    acquirer.performed.map(({ purpose, amount }) => [purpose, amount.minor]),
    [
      ['sale', 1_000n],
      ['void', 1_000n],
    ],
  )
  assert.deepEqual(await settle(pay, request), told, 'the answer stays what it was')
})

test('records the approval when the database comes back within the deadline', async () => {
  const acquirer = createSandbox(systemClock)
  const pay = createRequestPayment({ engine: awayFor(2, 2), readSettled, ...patiently })
  const { outcome, paymentId } = await settle(pay, aRequest(acquirer))
  assert.equal(outcome.kind, 'approved')
  assert.deepEqual(await kindsOf(paymentId), ['created', 'captured'])
})

test('gives the money back when the database stayed away until the answer was due', async () => {
  const acquirer = createSandbox(systemClock)
  const pay = createRequestPayment({ engine: awayFor(2, 1_000), readSettled, ...shortly })
  const { outcome, paymentId } = await settle(pay, aRequest(acquirer))
  assert.deepEqual(outcome, { kind: 'unknown' })
  await resolveLater(acquirer)
  assert.deepEqual((await kindsOf(paymentId)).slice(1), ['attempt_abandoned', 'attempt_started', 'reversed'])
})

test('lets a second request wait for the answer of the first', async () => {
  const sandbox = createSandbox(systemClock)
  const called = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  const acquirer: CardAcquirer = {
    ...sandbox,
    perform: async (request, deadlineMs) => {
      called.resolve()
      await answered.promise
      return await sandbox.perform(request, deadlineMs)
    },
  }
  const asked = Promise.withResolvers<void>()
  const watching: Engine = {
    execute: async (command) => {
      const reply = await engine.execute(command)
      if (reply.kind === 'replayed') asked.resolve()
      return reply
    },
  }
  const pay = createRequestPayment({ engine: watching, readSettled })
  const request = aRequest(acquirer, claimOf('waits'))
  const first = settle(pay, request)
  await called.promise
  const second = settle(pay, request)
  await asked.promise
  answered.resolve()
  assert.equal((await first).outcome.kind, 'approved')
  assert.deepEqual(await second, await first)
})

for (const [name, purposes] of [
  ['reverses the approval', ['sale', 'void']],
  ['asks the acquirer to do nothing', []],
] as const) {
  const isCalled = purposes.length > 0
  test(`${name} when the process died ${isCalled ? 'after' : 'before'} the acquirer's answer, and tells the retry so`, async () => {
    const sandbox = createSandbox(systemClock)
    const performed: string[] = []
    const called = Promise.withResolvers<void>()
    const acquirer: CardAcquirer = {
      ...sandbox,
      perform: async (request, deadlineMs) => {
        called.resolve()
        if (!isCalled) return await new Promise<never>(() => {})
        performed.push(request.purpose)
        return await sandbox.perform(request, deadlineMs)
      },
    }
    const request = aRequest(acquirer, claimOf(name))
    const dead = deadFrom(2)
    void createRequestPayment({ engine: dead.engine, readSettled })(request)
    await (isCalled ? dead.died : called.promise)
    const retry = await settle(createRequestPayment({ engine, readSettled, ...shortly }), request)
    assert.deepEqual(retry.outcome, { kind: 'unknown' })
    await resolveLater(acquirer)
    assert.deepEqual(performed, purposes)
    assert.equal((await kindsOf(retry.paymentId)).at(-1), isCalled ? 'reversed' : 'attempt_declined')
    assert.deepEqual(await settle(createRequestPayment({ engine, readSettled, ...shortly }), request), retry)
  })
}
