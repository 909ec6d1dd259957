import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { accepted, addMerchant, createOrder, run, testEngine } from '../../../test/support/payments/engine.ts'
import { aCard, aNewPayment, anAttempt, someTime } from '../../../test/support/payments/factories.ts'
import { nextAttemptDue } from '../../db/attempt/due-attempts.ts'
import { findPayment, listEvents } from '../../db/payment/payments.ts'
import type { AttemptOutcome } from '../../domain/payment/action.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Reply } from '../../engine/command.ts'
import { EUR } from '../../kernel/currency.ts'
import { type AttemptId, newAttemptId, type PaymentId } from '../../kernel/ids.ts'
import { hour, type Instant, minute, plus, second } from '../../kernel/instant.ts'
import { money } from '../../kernel/money.ts'
import { createSandbox } from '../../rails/card/sandbox/sandbox.ts'
import type { AcquirerRequest, CardAcquirer, FindOutcome, RailOutcome } from '../../rails/rail.ts'
import { createResolveAttempts } from './resolve-attempts.ts'

const { url, pool } = await testDatabase()
const time = { now: someTime }
const clock = { now: () => time.now }
const engine = testEngine(url, { clock })
const merchant = await addMerchant(pool)
const unknown: RailOutcome = { kind: 'unknown', detail: 'cut' }
const neverSeen: FindOutcome = { kind: 'never_seen' }

function succeeded(railReference: string): RailOutcome {
  return { kind: 'succeeded', railReference, code: '00', payload: {} }
}

/** Answers as told, the last answer again and again; notes what it was asked. */
function aScriptedAcquirer(script: { perform?: RailOutcome[]; find?: FindOutcome[] }): CardAcquirer & {
  performed: AcquirerRequest[]
  found: AttemptId[]
} {
  const performed: AcquirerRequest[] = []
  const found: AttemptId[] = []
  const performs = [...(script.perform ?? [])]
  const finds = [...(script.find ?? [])]
  return {
    name: 'sandbox',
    performed,
    found,
    perform: async (request) => {
      performed.push(request)
      return (performs.length > 1 ? performs.shift() : performs[0]) ?? assert.fail('nothing was to be performed')
    },
    find: async (attemptId) => {
      found.push(attemptId)
      return (finds.length > 1 ? finds.shift() : finds[0]) ?? assert.fail('nothing was to be looked up')
    },
  }
}

type Warning = { attemptId?: string; acquirer?: string }

function aResolver(acquirer: CardAcquirer | undefined, warnings: Warning[] = []) {
  const log = {
    warn: (details: object) => void warnings.push(details),
    error: () => assert.fail('an error was logged'),
  }
  return createResolveAttempts({ pool, engine, acquirers: async () => acquirer, log })
}

async function start(paymentId: PaymentId, overrides: Parameters<typeof anAttempt>[0] = {}): Promise<AttemptId> {
  const attemptId = newAttemptId()
  accepted(await run(engine, merchant, paymentId, { kind: 'start_attempt', ...anAttempt({ attemptId, ...overrides }) }))
  return attemptId
}

function finish(paymentId: PaymentId, attemptId: AttemptId, outcome: AttemptOutcome): Promise<Reply> {
  return run(engine, merchant, paymentId, { kind: 'finish_attempt', attemptId, outcome, reversalId: newAttemptId() })
}

/** A sale that is recorded and not answered. */
async function aPendingSale(): Promise<{ id: PaymentId; attemptId: AttemptId }> {
  const attemptId = newAttemptId()
  const attempt = anAttempt({ attemptId, purpose: 'sale' })
  const payment = aNewPayment({ protocol: 'salescloud', funding: 'acquirer', expiryMs: null })
  const reply = accepted(await run(engine, merchant, null, { kind: 'request', ...payment, attempt }))
  return { id: reply.payment.id, attemptId }
}

async function aSale(): Promise<PaymentId> {
  const { id, attemptId } = await aPendingSale()
  accepted(await finish(id, attemptId, { kind: 'succeeded', railReference: 'sandbox_sale' }))
  return id
}

async function paymentOf(id: PaymentId): Promise<Payment> {
  return (await findPayment(pool, merchant.id, id))?.payment ?? assert.fail('no payment')
}

async function kindsOf(id: PaymentId): Promise<string[]> {
  return (await listEvents(pool, merchant.id, id)).map((event) => event.kind)
}

/** Runs what is due once the patience with an attempt of now is over. */
async function runLater(source: ReturnType<typeof aResolver>): Promise<number> {
  time.now = plus(time.now, 30n * second)
  return source.runDue(time.now)
}

test('books the approval of a call whose answer was lost in a crash', async () => {
  const acquirer = createSandbox(clock)
  const id = await createOrder(engine, merchant)
  const attemptId = await start(id)
  const amount = money(EUR, 10_000n)
  await acquirer.perform({ purpose: 'authorize', attemptId, amount, card: aCard() }, 1_000)
  const resolver = aResolver(acquirer)
  assert.equal(await resolver.nextDue(), plus(time.now, 30n * second))
  assert.equal(await resolver.runDue(time.now), 0)
  assert.equal(await runLater(resolver), 1)
  const payment = await paymentOf(id)
  assert.deepEqual(
    [payment.state, payment.railReference, payment.pendingAttempt],
    ['authorized', `sandbox_${attemptId}`, null],
  )
  assert.equal(await resolver.nextDue(), null)
})

test('declines a call that never left, and lets the shopper try again', async () => {
  const acquirer = createSandbox(clock)
  const id = await createOrder(engine, merchant)
  await start(id)
  await runLater(aResolver(acquirer))
  const payment = await paymentOf(id)
  assert.deepEqual([payment.state, payment.failure, payment.pendingAttempt], ['created', 'processing_error', null])
  await start(id)
  await runLater(aResolver(acquirer))
})

test('asks ever more rarely while the outcome is unknown, at least once an hour, and keeps the payment pending', async () => {
  const { id, attemptId } = await aPendingSale()
  const started = time.now
  const warnings: Warning[] = []
  const acquirer = aScriptedAcquirer({ find: [unknown] })
  const resolver = aResolver(acquirer, warnings)
  const asked: bigint[] = []
  for (let n = 0; n < 10; n++) {
    time.now = (await resolver.nextDue()) as Instant
    asked.push((time.now - started) / second)
    assert.equal(await resolver.runDue(time.now), 1)
  }
  assert.deepEqual(asked, [30n, 60n, 120n, 240n, 480n, 960n, 1920n, 3840n, 7440n, 11040n])
  assert.equal((await resolver.nextDue()) as Instant, plus(time.now, hour))
  assert.equal((await paymentOf(id)).pendingAttempt?.id, attemptId)
  assert.deepEqual(new Set(warnings.map((warning) => warning.attemptId)), new Set([attemptId]))
  time.now = plus(time.now, hour)
  await aResolver(aScriptedAcquirer({ find: [neverSeen] })).runDue(time.now)
  assert.equal((await paymentOf(id)).pendingAttempt, null)
})

test('gives a sale up before it asks, so that a decline settles what its merchant was told: unknown', async () => {
  const { id } = await aPendingSale()
  const declined: RailOutcome = { kind: 'declined', reason: 'insufficient_funds', code: '51', payload: {} }
  await runLater(aResolver(aScriptedAcquirer({ find: [declined] })))
  const payment = await paymentOf(id)
  assert.deepEqual([payment.state, payment.failure, payment.pendingAttempt], ['failed', 'outcome_unknown', null])
  assert.deepEqual((await kindsOf(id)).slice(-2), ['attempt_abandoned', 'attempt_declined'])
})

test('reverses at once the late approval of a sale that its merchant was told had failed, or that a crash cut off', async () => {
  const { id, attemptId } = await aPendingSale()
  const acquirer = aScriptedAcquirer({ find: [succeeded('rail-7')], perform: [succeeded('rail-8')] })
  await runLater(aResolver(acquirer))
  assert.deepEqual((await kindsOf(id)).slice(-3), ['attempt_abandoned', 'attempt_started', 'reversed'])
  const payment = await paymentOf(id)
  assert.deepEqual([payment.state, payment.captured, payment.pendingAttempt], ['failed', 0n, null])
  const [reversal] = acquirer.performed
  assert(reversal?.purpose === 'void')
  assert.deepEqual([reversal.railReference, reversal.amount.minor], ['rail-7', 10_000n])
  assert.notEqual(reversal.attemptId, attemptId)
  assert.equal(await nextAttemptDue(pool), null)
})

test('makes a reversal again under the same id until its outcome is known, and never closes it by a question', async () => {
  const { id, attemptId } = await aPendingSale()
  accepted(await finish(id, attemptId, { kind: 'abandoned' }))
  const acquirer = aScriptedAcquirer({ find: [succeeded('rail-7')], perform: [unknown, unknown, succeeded('rail-8')] })
  const resolver = aResolver(acquirer)
  await runLater(resolver)
  await runLater(resolver)
  assert.equal((await paymentOf(id)).pendingAttempt?.purpose, 'void')
  time.now = plus(time.now, minute)
  await resolver.runDue(time.now)
  assert.equal((await kindsOf(id)).at(-1), 'reversed')
  assert.deepEqual(acquirer.found, [attemptId])
  assert.equal(acquirer.performed.length, 3)
  assert.equal(new Set(acquirer.performed.map((request) => request.attemptId)).size, 1)
})

test('makes a refund again under the same id when the acquirer has never seen it', async () => {
  const id = await aSale()
  const attemptId = await start(id, { purpose: 'refund', amount: 3_000n })
  const acquirer = aScriptedAcquirer({ perform: [succeeded('rail-refund')] })
  await runLater(aResolver(acquirer))
  assert.deepEqual(acquirer.performed, [
    { purpose: 'refund', attemptId, amount: money(EUR, 3_000n), railReference: 'sandbox_sale' },
  ])
  const payment = await paymentOf(id)
  assert.deepEqual([payment.state, payment.refunded], ['partially_refunded', 3_000n])
})

test('does not refund twice what the acquirer did before the crash', async () => {
  const acquirer = createSandbox(clock)
  const id = await aSale()
  const attemptId = await start(id, { purpose: 'refund', amount: 3_000n })
  const request = { purpose: 'refund', attemptId, amount: money(EUR, 3_000n), railReference: 'sandbox_sale' } as const
  const first = await acquirer.perform(request, 1_000)
  await runLater(aResolver(acquirer))
  assert.deepEqual(await acquirer.perform(request, 1_000), first)
  assert.equal((await paymentOf(id)).refunded, 3_000n)
})

test('asks about a refund where making it again stays without an answer', async () => {
  const known = await aSale()
  await start(known, { purpose: 'refund', amount: 1_000n })
  await runLater(aResolver(aScriptedAcquirer({ perform: [unknown], find: [succeeded('rail-refund')] })))
  assert.equal((await paymentOf(known)).refunded, 1_000n)
  const closed = await aSale()
  await start(closed, { purpose: 'void' })
  await runLater(aResolver(aScriptedAcquirer({ perform: [unknown], find: [neverSeen] })))
  const payment = await paymentOf(closed)
  assert.deepEqual([payment.state, payment.failure, payment.pendingAttempt], ['captured', 'processing_error', null])
})

const untried: RailOutcome = {
  kind: 'declined',
  reason: 'issuer_unavailable',
  code: 'not_sent',
  payload: {},
  isUntried: true,
}

test('does not take a call that never left for an answer to the one before it', async () => {
  const id = await aSale()
  await start(id, { purpose: 'refund', amount: 1_000n })
  await runLater(aResolver(aScriptedAcquirer({ perform: [untried], find: [unknown] })))
  assert.notEqual((await paymentOf(id)).pendingAttempt, null)
  await runLater(aResolver(aScriptedAcquirer({ perform: [untried], find: [succeeded('rail-refund')] })))
  const { refunded, pendingAttempt } = await paymentOf(id)
  assert.deepEqual([refunded, pendingAttempt], [1_000n, null])
})

test('reverses as soon as the acquirer can be reached again', async () => {
  const { id } = await aPendingSale()
  const away = aScriptedAcquirer({ find: [succeeded('rail-9')], perform: [untried] })
  await runLater(aResolver(away))
  assert.equal((await paymentOf(id)).pendingAttempt?.purpose, 'void')
  await runLater(aResolver(aScriptedAcquirer({ perform: [succeeded('rail-10')] })))
  assert.equal((await kindsOf(id)).at(-1), 'reversed')
  assert.equal(away.performed.length, 1)
})

test('leaves an attempt of an acquirer that is not configured, and says so', async () => {
  const { id, attemptId } = await aPendingSale()
  const warnings: Warning[] = []
  await runLater(aResolver(undefined, warnings))
  assert.deepEqual(warnings, [{ merchantId: merchant.id, attemptId, acquirer: 'sandbox' }])
  assert.equal((await paymentOf(id)).pendingAttempt?.id, attemptId)
  await runLater(aResolver(aScriptedAcquirer({ find: [neverSeen] })))
  assert.equal((await paymentOf(id)).state, 'failed')
})

test('asks about each attempt once when several processes look at the same time', async () => {
  const sales = await Promise.all(Array.from({ length: 80 }, aPendingSale))
  const acquirer = aScriptedAcquirer({ find: [succeeded('rail-5')], perform: [succeeded('rail-back')] })
  time.now = plus(time.now, 30n * second)
  const run = async (): Promise<void> => {
    const resolver = aResolver(acquirer)
    while ((await resolver.runDue(time.now)) > 0);
  }
  await Promise.all([run(), run(), run()])
  assert.deepEqual(acquirer.found.toSorted(), sales.map((sale) => sale.attemptId).toSorted())
  assert.equal(await nextAttemptDue(pool), null)
})

test('throws when an answer cannot be recorded, and asks again later', async () => {
  const { id } = await aPendingSale()
  const acquirer = aScriptedAcquirer({ find: [succeeded('rail-6')], perform: [succeeded('rail-back')] })
  const failing = { execute: () => Promise.reject(new Error('away')) }
  const log = { warn: () => undefined, error: () => undefined }
  const broken = createResolveAttempts({ pool, engine: failing, acquirers: async () => acquirer, log })
  await assert.rejects(runLater(broken), /away/)
  assert.notEqual((await paymentOf(id)).pendingAttempt, null)
  await runLater(aResolver(acquirer))
  assert.equal((await kindsOf(id)).at(-1), 'reversed')
})
