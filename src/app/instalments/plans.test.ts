import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { startCollection } from '../../../test/support/payments/collection.ts'
import { testSealer } from '../../../test/support/protocols/webhooks.ts'
import { listAttempts } from '../../db/attempt/attempts.ts'
import { readPlans } from '../../db/instalments/plan-rows.ts'
import { openExposure } from '../../db/shopper/checkouts.ts'
import type { ShopperId } from '../../domain/shopper/shopper.ts'
import { dateIn } from '../../kernel/calendar-date.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import { day, instantFromMillis, plus } from '../../kernel/instant.ts'
import { createSandbox } from '../../rails/card/sandbox/sandbox.ts'
import { checkLedger } from '../payment/check-ledger.ts'

const { url, pool } = await testDatabase()
const start = instantFromMillis(Date.UTC(2026, 0, 15, 10))
const books = await startCollection({ url, pool }, (clock) => createSandbox(clock), start)
const { merchant, plans, now, authorized, act, advance } = books

const present = { isShopperPresent: true }

async function callsOf(id: PaymentId): Promise<string[]> {
  const attempts = await listAttempts(pool, merchant.id, id)
  return attempts.map(({ purpose, amount, state }) => `${purpose} ${amount} ${state}`)
}

async function planOf(id: PaymentId) {
  const [plan] = await readPlans(pool, [{ merchantId: merchant.id, paymentId: id }])
  assert(plan)
  return plan
}

async function assertProved(): Promise<void> {
  assert.deepEqual((await checkLedger(pool, merchant.id)).discrepancies, [])
}

test('holds the first instalment, takes it after the capture, and the others on their days', async () => {
  const id = await authorized(9_001n)
  assert.deepEqual(await callsOf(id), ['authorize 3001 succeeded'])
  await act(id, { kind: 'capture' })
  assert.deepEqual((await callsOf(id)).slice(1), ['capture 3001 succeeded'])
  assert.equal((await planOf(id)).owed, 6_000n)
  await advance(31n * day)
  assert.deepEqual((await callsOf(id)).slice(2), ['charge 3000 succeeded'])
  await advance(31n * day)
  assert.deepEqual((await callsOf(id)).slice(3), ['charge 3000 succeeded'])
  const plan = await planOf(id)
  assert.deepEqual([plan.owed, plan.checkAt, plan.overdueSince], [0n, null, null])
  await assertProved()
})

test('keeps of the card only what the acquirer calls it, encrypted', async () => {
  const id = await authorized()
  await act(id, { kind: 'capture' })
  const { instrument } = await planOf(id)
  assert(instrument?.kind === 'card' && instrument.token)
  assert.match(testSealer.open(Buffer.from(instrument.token, 'base64')), /^sandboxcard_4242_/)
})

test('lets the hold go when the order is voided, or lapses', async () => {
  const voided = await authorized()
  await act(voided, { kind: 'void' })
  assert.deepEqual((await callsOf(voided)).slice(1), ['release 3000 succeeded'])
  assert.equal((await planOf(voided)).checkAt, null)
  await assertProved()
})

test('tells the shopper of a voided order once, though its hold is let go as well', async () => {
  const id = await authorized()
  const shopperId = await ownedBy(id, [])
  await act(id, { kind: 'void' })
  assert.deepEqual((await callsOf(id)).slice(1), ['release 3000 succeeded'])
  const { rows } = await pool.query('select kind from message where owner = $1', [`shopper:${shopperId}`])
  assert.deepEqual(rows, [{ kind: 'cancelled' }])
})

test('takes less and lets the rest go when only a part is captured', async () => {
  const id = await authorized()
  await act(id, { kind: 'capture', amount: 4_500n })
  assert.deepEqual((await callsOf(id)).slice(1), ['capture 1500 succeeded', 'release 1500 succeeded'])
  await assertProved()
})

test('gives back to the card what was charged of what the merchant gives back', async () => {
  const id = await authorized()
  await act(id, { kind: 'capture' })
  await act(id, { kind: 'refund', amount: 7_000n })
  assert.deepEqual((await callsOf(id)).slice(1), ['capture 3000 succeeded', 'refund 1000 succeeded'])
  assert.equal((await planOf(id)).owed, 0n)
  await assertProved()
})

test('tries a card that fails again on days 1, 3 and 7, and then the plan is overdue', async () => {
  const id = await authorized(9_000n, '4000000000000226')
  await act(id, { kind: 'capture' })
  await advance(33n * day)
  assert.equal((await planOf(id)).overdueSince, null)
  await advance(10n * day)
  assert.deepEqual(
    (await callsOf(id)).slice(2),
    Array.from({ length: 4 }, () => 'charge 3000 declined'),
  )
  assert.notEqual((await planOf(id)).overdueSince, null)
  await assertProved()
})

test('dates no event of a plan before its predecessor, however far behind the clock of this server is', async () => {
  const id = await authorized()
  await act(id, { kind: 'capture' })
  await advance(-day)
  assert.equal((await plans.pay({ merchantId: merchant.id, paymentId: id }, 2, present)).kind, 'paid')
  const { rows } = await pool.query<{ at: bigint }>(
    `select at from event where source_kind = 'i' and source_id = $1 order by sequence`,
    [id],
  )
  assert.equal(rows.length, 2)
  assert.deepEqual(
    rows,
    rows.toSorted((a, b) => Number(a.at - b.at)),
  )
  await advance(day)
})

test('the shopper pays early, late, and with another card from then on', async () => {
  const id = await authorized()
  const key = { merchantId: merchant.id, paymentId: id }
  await act(id, { kind: 'capture' })
  assert.deepEqual(await plans.pay(key, 3, present), { kind: 'paid' })
  assert.deepEqual(await plans.pay(key, 3, present), { kind: 'nothing_done' })
  const sealedToken = testSealer.seal('sandboxcard_0226_122099_x').toString('base64')
  const card = { acquirer: 'sandbox', sealedToken, brand: 'visa', last4: '0226', expiryMonth: 12, expiryYear: 2099 }
  await plans.replaceCard(key, { ...card, id: 'bad' })
  assert.deepEqual(await plans.pay(key, 2, present), { kind: 'declined', reason: 'insufficient_funds' })
  await plans.replaceCard(key, {
    ...{ ...card, id: 'good', last4: '4242' },
    sealedToken: testSealer.seal('sandboxcard_4242_122099_x').toString('base64'),
  })
  assert.deepEqual(await plans.pay(key, 2, present), { kind: 'paid' })
  assert.equal((await planOf(id)).owed, 0n)
  await assertProved()
})

test('what the operator writes off is not charged any more, and no loss once the merchant gives it back', async () => {
  const id = await authorized(9_000n, '4000000000009987')
  const key = { merchantId: merchant.id, paymentId: id }
  await act(id, { kind: 'capture' })
  await advance(60n * day)
  assert.equal(await plans.writeOff(key), true)
  assert.equal(await plans.writeOff(key), false)
  assert.deepEqual([(await planOf(id)).owed, (await planOf(id)).writtenOff], [0n, 6_000n])
  await act(id, { kind: 'refund', amount: 6_000n })
  assert.equal((await planOf(id)).writtenOff, 0n)
  await assertProved()
})

/** The order's shopper, with saved cards of the sandbox: the first is the default one. */
async function ownedBy(id: PaymentId, last4s: readonly string[]): Promise<string> {
  const shopperId = randomUUID()
  await pool.query(
    `insert into shopper (shopper_id, email, language, created_at) values ($1, 'ada@example.com', 'it', now())`,
    [shopperId],
  )
  await pool.query(
    'insert into checkout (merchant_id, payment_id, shopper_id, updated_at) values ($1, $2, $3, now())',
    [merchant.id, id, shopperId],
  )
  for (const [index, last4] of last4s.entries())
    await pool.query(
      `insert into shopper_card (shopper_id, card_id, brand, last4, expiry_month, expiry_year, acquirer, token, is_default, created_at)
        values ($1, $2, 'visa', $3, 12, 2099, 'sandbox', $4, $5, now())`,
      [shopperId, randomUUID(), last4, testSealer.seal(`sandboxcard_${last4}_122099_x`), index === 0],
    )
  return shopperId
}

test('charges the default card, then the others, and tells the shopper of what was charged', async () => {
  const id = await authorized(9_000n, '4000000000000226')
  const shopperId = await ownedBy(id, ['0226', '4242'])
  await act(id, { kind: 'capture' })
  await advance(31n * day)
  assert.deepEqual((await callsOf(id)).slice(2), ['charge 3000 declined', 'charge 3000 succeeded'])
  const { rows } = await pool.query(
    'select kind, recipient, language from message where owner = $1 order by created_at',
    [`shopper:${shopperId}`],
  )
  const told = { recipient: 'ada@example.com', language: 'it' }
  assert.deepEqual(rows, [
    { kind: 'charged', ...told },
    { kind: 'charged_soon', ...told },
    { kind: 'charged', ...told },
  ])
  assert.equal((await planOf(id)).shopperId, shopperId)
  await assertProved()
})

test('a shopper who pays what is late hears that it is paid when another of their cards pays in place of a refused one', async () => {
  const id = await authorized(9_000n, '4000000000000226')
  const key = { merchantId: merchant.id, paymentId: id }
  await act(id, { kind: 'capture' })
  await advance(32n * day)
  await ownedBy(id, ['0226', '4242'])
  assert.deepEqual(await plans.pay(key, 2, present), { kind: 'paid' })
  assert.deepEqual((await callsOf(id)).slice(-2), ['charge 3000 declined', 'charge 3000 succeeded'])
  assert.deepEqual(await plans.pay(key, 7, present), { kind: 'nothing_done' }, 'there is no such instalment')
  await assertProved()
})

test('tells the shopper of each day on which a charge failed, and when the plan is overdue', async () => {
  const id = await authorized(9_000n, '4000000000000226')
  const shopperId = await ownedBy(id, [])
  await act(id, { kind: 'capture' })
  await advance(43n * day)
  const { rows } = await pool.query<{ kind: string; next: string | null }>(
    `select kind, facts->>'nextTryAt' as next from message where owner = $1 order by created_at, kind`,
    [`shopper:${shopperId}`],
  )
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['charged', 'charged_soon', 'charge_failed', 'charge_failed', 'charge_failed', 'charge_failed', 'overdue'],
  )
  assert.equal(rows[5]?.next, null)
  await pool.query('insert into shopper_order values ($1, $2, $3, now())', [shopperId, merchant.id, id])
  assert.deepEqual(await openExposure(pool, shopperId as ShopperId, 'EUR'), { owed: 6_000n, overdue: 1 })
})

test('tells the shopper of a charge two days before it, once, and of none that was paid early', async () => {
  const id = await authorized()
  const shopperId = await ownedBy(id, ['4242'])
  const key = { merchantId: merchant.id, paymentId: id }
  const soon = async () => {
    const { rows } = await pool.query<{ day: string }>(
      `select facts->>'dueAt' as day from message where owner = $1 and kind = 'charged_soon' order by created_at`,
      [`shopper:${shopperId}`],
    )
    return rows.map((row) => row.day)
  }
  await act(id, { kind: 'capture' })
  const due = (await planOf(id)).checkAt
  assert(due !== null)
  await advance(due - now() - 1n)
  assert.deepEqual(await soon(), [])
  await advance(day)
  const [first] = await soon()
  assert.equal(first, dateIn('Europe/Rome', plus(due, 2n * day)))
  await act(id, { kind: 'refund', amount: 100n })
  await plans.pay(key, 2, present)
  await advance(32n * day)
  assert.equal((await soon()).length, 2)
  await advance(32n * day)
  assert.equal((await soon()).length, 2)
})
