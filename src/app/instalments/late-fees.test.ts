import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { startCollection } from '../../../test/support/payments/collection.ts'
import { askForLateFees, ownOrder, someLateFees } from '../../../test/support/payments/late-fees.ts'
import { testSealer } from '../../../test/support/protocols/webhooks.ts'
import { listAttempts } from '../../db/attempt/attempts.ts'
import { readPlans } from '../../db/instalments/plan-rows.ts'
import { listSourceTransfers } from '../../db/ledger/source-transfers.ts'
import { migrationsFolder } from '../../db/migrate/migration-files.ts'
import type { LateFeeTerms } from '../../domain/instalments/late-fee-terms.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import { day, instantFromMillis } from '../../kernel/instant.ts'
import { createSandbox } from '../../rails/card/sandbox/sandbox.ts'
import { checkLedger } from '../payment/check-ledger.ts'
import { createReadLateFeeTerms, setLateFeeTerms } from './late-fee-terms.ts'

const { url, pool } = await testDatabase()
const start = instantFromMillis(Date.UTC(2026, 0, 15, 10))
const books = await startCollection({ url, pool }, (clock) => createSandbox(clock), start)
const { merchant, plans, authorized, act, advance } = books
const clock = { now: books.now }
const failing = '4000000000000226'

const terms = someLateFees
await askForLateFees(pool, clock)

/** An order that its shopper could not pay the second instalment of, captured. */
async function anOrder(country = 'NL'): Promise<{ id: PaymentId; shopperId: string }> {
  const id = await authorized(9_000n, failing)
  const shopperId = await ownOrder(pool, keyOf(id), country)
  await act(id, { kind: 'capture' })
  return { id, shopperId }
}

const keyOf = (paymentId: PaymentId) => ({ merchantId: merchant.id, paymentId })

async function planOf(id: PaymentId) {
  const [plan] = await readPlans(pool, [keyOf(id)])
  assert(plan)
  return plan
}

async function callsOf(id: PaymentId): Promise<string[]> {
  const attempts = await listAttempts(pool, merchant.id, id)
  return attempts.map(({ purpose, amount, state }) => `${purpose} ${amount} ${state}`)
}

async function movedOf(id: PaymentId): Promise<string[]> {
  const transfers = await listSourceTransfers(pool, merchant.id, 'plan', id)
  return transfers.flatMap(({ kind, amount }) => (kind.startsWith('late_fee') ? [`${kind} ${amount}`] : []))
}

async function toldOf(shopperId: string): Promise<string[]> {
  const { rows } = await pool.query<{ kind: string; facts: { amount: { minor: string } } }>(
    'select kind, facts from message where owner = $1 order by created_at, cause',
    [`shopper:${shopperId}`],
  )
  return rows.map(({ kind, facts }) => `${kind} ${facts.amount.minor}`)
}

async function goodCard(id: PaymentId): Promise<void> {
  const sealedToken = testSealer.seal('sandboxcard_4242_122099_x').toString('base64')
  const card = { id: `good-${id}`, acquirer: 'sandbox', sealedToken, brand: 'visa', last4: '4242' }
  await plans.replaceCard(keyOf(id), { ...card, expiryMonth: 12, expiryYear: 2099 })
}

async function assertProved(): Promise<void> {
  assert.deepEqual((await checkLedger(pool, merchant.id)).discrepancies, [])
}

test('an instalment that stays unpaid gets its fees once each, is charged with them, and its shopper is told', async () => {
  const { id, shopperId } = await anOrder()
  await advance(33n * day)
  assert.deepEqual([(await planOf(id)).owed, await movedOf(id)], [6_120n, ['late_fee 120']])
  const calls = (await callsOf(id)).slice(2)
  assert.deepEqual(calls, ['charge 3000 declined', 'charge 3000 declined'], 'the day after is still without a fee')
  await advance(10n * day)
  assert.deepEqual((await movedOf(id)).slice(1), ['late_fee 120'])
  await goodCard(id)
  assert.deepEqual(await plans.pay(keyOf(id), 2, { isShopperPresent: true, amount: 3_000n }), { kind: 'nothing_done' })
  await advance(day)
  assert.deepEqual((await callsOf(id)).at(-1), 'charge 3240 succeeded')
  await advance(40n * day)
  assert.equal((await planOf(id)).owed, 0n)
  assert.deepEqual(await movedOf(id), ['late_fee 120', 'late_fee 120', 'late_fee_charge 240'])
  const told = await toldOf(shopperId)
  assert.deepEqual(
    told.filter((line) => line.startsWith('late_fee')),
    ['late_fee 120', 'late_fee 120'],
  )
  assert(told.includes('charged 3240'), told.join())
  await assertProved()
})

test('what the operator waives is asked for no more, and goes back where it was paid', async () => {
  const { id, shopperId } = await anOrder()
  await advance(33n * day)
  assert.equal(await plans.waiveLateFees(keyOf(id), 3), 0n)
  assert.equal(await plans.waiveLateFees(keyOf(id)), 120n)
  assert.equal(await plans.waiveLateFees(keyOf(id)), 0n)
  assert.equal((await planOf(id)).owed, 6_000n)
  await advance(10n * day)
  await goodCard(id)
  await advance(day)
  assert.equal((await callsOf(id)).at(-1), 'charge 3120 succeeded', 'the second stage came')
  assert.equal(await plans.waiveLateFees(keyOf(id), 2), 120n)
  assert.equal((await callsOf(id)).at(-1), 'refund 120 succeeded')
  assert.deepEqual(await movedOf(id), [
    ...['late_fee 120', 'late_fee_waiver 120', 'late_fee 120', 'late_fee_charge 120'],
    ...['late_fee_waiver 120', 'late_fee_refund 120'],
  ])
  assert.equal((await toldOf(shopperId)).filter((line) => line === 'late_fee_waived 120').length, 2)
  await assertProved()
})

test('an instalment that the merchant gives back before it was paid owes no fee, and fees are written off with the rest', async () => {
  const [returned, lost] = [await anOrder(), await anOrder()]
  await advance(33n * day)
  await act(returned.id, { kind: 'refund', amount: 6_000n })
  assert.deepEqual(
    [(await planOf(returned.id)).owed, await movedOf(returned.id)],
    [0n, ['late_fee 120', 'late_fee_waiver 120']],
  )
  assert.equal(await plans.writeOff(keyOf(lost.id)), true)
  const plan = await planOf(lost.id)
  assert.deepEqual([plan.owed, plan.writtenOff, plan.lateFeesWrittenOff], [0n, 6_000n, 120n])
  assert.equal(await plans.waiveLateFees(keyOf(lost.id)), 0n)
  await advance(30n * day)
  assert.deepEqual(await movedOf(lost.id), ['late_fee 120', 'late_fee_write_off 120'])
  await assertProved()
})

test('a fee that is paid after it was written off is no loss any more', async () => {
  const { id } = await anOrder()
  await advance(33n * day)
  assert.equal(await plans.writeOff(keyOf(id)), true)
  await goodCard(id)
  await plans.pay(keyOf(id), 2, { isShopperPresent: true })
  const plan = await planOf(id)
  assert.deepEqual([plan.owed, plan.writtenOff, plan.lateFeesWrittenOff], [0n, 3_000n, 0n])
  assert.deepEqual(await movedOf(id), [
    ...['late_fee 120', 'late_fee_write_off 120', 'late_fee_charge 120', 'late_fee_write_off_reversal 120'],
  ])
  await assertProved()
})

test('a fee that was paid after its write-off, and booked as a loss by an earlier version, is put right', async () => {
  const { id } = await anOrder()
  await advance(33n * day)
  assert.equal(await plans.writeOff(keyOf(id)), true)
  await goodCard(id)
  await plans.pay(keyOf(id), 2, { isShopperPresent: true })
  await pool.query(
    `insert into transfer (merchant_id, source_kind, source_id, sequence, line, kind, debit, credit, currency, amount, at)
     values ($1, 'i', $2, 1, 9, 'late_fee_write_off', 'credit_loss', 'shopper_receivable', 'EUR', 120, now())`,
    [merchant.id, id],
  )
  await pool.query('update instalment_plan set late_fees_written_off = 120 where payment_id = $1', [id])
  const names = async () => (await checkLedger(pool, merchant.id)).discrepancies.map(({ name }) => name)
  assert.deepEqual(await names(), ['owed_differs'])
  await pool.query(await readFile(join(migrationsFolder, '0211_late_fees_paid_after_a_write_off.sql'), 'utf8'))
  await advance(day)
  assert.equal((await planOf(id)).lateFeesWrittenOff, 0n)
  await assertProved()
})

test('an order keeps what stood when it was authorized, and elsewhere being late costs nothing', async () => {
  const before = await anOrder()
  await act(before.id, { kind: 'refund', amount: 1n })
  await setLateFeeTerms({ pool, clock }, { country: 'NL', terms: { ...terms, stages: [] } })
  assert.equal(await createReadLateFeeTerms(pool)('NL'), null)
  const [after, abroad] = [await anOrder(), await anOrder('DE')]
  await advance(45n * day)
  assert.equal((await movedOf(before.id)).length, 2)
  assert.deepEqual([await movedOf(after.id), await movedOf(abroad.id)], [[], []])
  await assertProved()
})

test('refuses terms that nobody could read', async () => {
  const set = async (change: Partial<LateFeeTerms>) => {
    const set = await setLateFeeTerms({ pool, clock }, { country: 'NL', terms: { ...terms, ...change } })
    return set.ok ? 'set' : set.reason
  }
  assert.equal(await set({ stages: [{ afterDays: 0, amount: 1n }] }), 'days_out_of_range')
  assert.equal(await set({ stages: terms.stages.toReversed() }), 'days_not_rising')
  assert.equal(await set({ stages: [{ afterDays: 1, amount: 0n }] }), 'amount_not_positive')
  assert.equal(await set({ mostPerInstalment: 0n }), 'amount_not_positive')
  assert.equal(
    await set({ stages: Array.from({ length: 11 }, (_, n) => ({ afterDays: n + 1, amount: 1n })) }),
    'too_many_stages',
  )
})

test('the database refuses a second fee of a stage, and fees above their most', async () => {
  const { id } = await anOrder()
  const insert = (stage: number) =>
    pool.query('insert into late_fee values ($1, $2, 2, $3, 1, now())', [merchant.id, id, stage])
  await insert(1)
  await assert.rejects(insert(1), /late_fee_pkey/)
  await assert.rejects(
    pool.query('update instalment_plan set late_fees = most_late_fees + 1 where payment_id = $1', [id]),
    /instalment_plan_late_fees_within_most/,
  )
  await assert.rejects(
    pool.query('update attempt set late_fee = amount + 1 where payment_id = $1', [id]),
    /attempt_late_fee_within/,
  )
  await pool.query('delete from late_fee where payment_id = $1', [id])
})
