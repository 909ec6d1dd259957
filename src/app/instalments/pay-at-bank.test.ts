import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { startCollection } from '../../../test/support/payments/collection.ts'
import { ownOrder } from '../../../test/support/payments/late-fees.ts'
import { testSealer } from '../../../test/support/protocols/webhooks.ts'
import { listAttempts } from '../../db/attempt/attempts.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import { day, instantFromMillis, minute, second } from '../../kernel/instant.ts'
import { createSandbox } from '../../rails/card/sandbox/sandbox.ts'
import { checkLedger } from '../payment/check-ledger.ts'
import { createReadPlan } from './read-plan.ts'

const { url, pool } = await testDatabase()
const start = instantFromMillis(Date.UTC(2026, 0, 15, 10))
const books = await startCollection({ url, pool }, (clock) => createSandbox(clock), start)
const { merchant, plans, authorized, act, advance } = books
const readPlan = createReadPlan({ pool, clock: { now: books.now }, frequencyOf: () => undefined })
const returnUrl = 'https://pay.example/account/bank/X'
const present = { isShopperPresent: true, returnUrl }

const keyOf = (paymentId: PaymentId) => ({ merchantId: merchant.id, paymentId })

/** A captured order of 9,000 whose plan is collected from a card with these last four digits. */
async function anOrder(last4: string): Promise<PaymentId> {
  const id = await authorized()
  await act(id, { kind: 'capture' })
  const sealedToken = testSealer.seal(`sandboxcard_${last4}_122099_x`).toString('base64')
  const card = { id: `card-${last4}`, acquirer: 'sandbox', sealedToken, brand: 'visa', last4 }
  await plans.replaceCard(keyOf(id), { ...card, expiryMonth: 12, expiryYear: 2099 })
  return id
}

async function chargesOf(id: PaymentId): Promise<string[]> {
  const attempts = await listAttempts(pool, merchant.id, id)
  return attempts.flatMap(({ purpose, amount, state, failure }) =>
    purpose === 'charge' ? [[amount, state, failure].filter((each) => each !== null).join(' ')] : [],
  )
}

async function assertProved(): Promise<void> {
  assert.deepEqual((await checkLedger(pool, merchant.id)).discrepancies, [])
}

test('a shopper whose bank asks for them goes there, and the instalment is paid once they are back', async () => {
  const id = await anOrder('3220')
  const asked = await plans.pay(keyOf(id), 2, present)
  assert.deepEqual(asked, { kind: 'action_required', action: { kind: 'redirect', url: returnUrl } })
  assert.deepEqual(await chargesOf(id), ['3000 pending'])
  await advance(9n * minute)
  assert.deepEqual(await chargesOf(id), ['3000 pending'], 'nobody asks while the shopper is there')
  const returned = await Promise.all([plans.returnFromBank(keyOf(id)), plans.returnFromBank(keyOf(id))])
  assert.deepEqual(returned.map(({ kind }) => kind).toSorted(), ['nothing_done', 'paid'])
  assert.deepEqual(await chargesOf(id), ['3000 succeeded'])
  assert.equal((await plans.returnFromBank(keyOf(id))).kind, 'nothing_done')
  await assertProved()
})

test('a bank that says no, and a shopper who never comes back, leave the instalment to be paid, and tell nobody by message', async () => {
  for (const last4 of ['3063', '3097']) {
    const id = await anOrder(last4)
    const shopperId = await ownOrder(pool, keyOf(id))
    await plans.pay(keyOf(id), 2, present)
    if (last4 === '3063')
      assert.deepEqual(await plans.returnFromBank(keyOf(id)), { kind: 'declined', reason: 'authentication_required' })
    await advance(11n * minute)
    assert.deepEqual(await chargesOf(id), ['3000 declined authentication_required'])
    const { rows } = await pool.query('select kind from message where owner = $1', [`shopper:${shopperId}`])
    assert.deepEqual(rows, [])
  }
  await assertProved()
})

test('a return that comes too late charges nothing', async () => {
  const id = await anOrder('3220')
  await plans.pay(keyOf(id), 2, present)
  await advance(11n * minute)
  assert.equal((await plans.returnFromBank(keyOf(id))).kind, 'nothing_done')
  assert.deepEqual(await chargesOf(id), ['3000 declined authentication_required'])
})

test('a shopper who left the bank begins anew, and pays once', async () => {
  const id = await anOrder('3220')
  await plans.pay(keyOf(id), 2, present)
  const shown = await readPlan(keyOf(id))
  assert.equal(shown?.instalments[1]?.unpaid, 3_000n, 'it can be paid again')
  assert.equal((await plans.pay(keyOf(id), 2, present)).kind, 'action_required')
  assert.equal((await plans.returnFromBank(keyOf(id))).kind, 'paid')
  assert.deepEqual((await chargesOf(id)).toSorted(), ['3000 declined authentication_required', '3000 succeeded'])
  await assertProved()
})

test('what the merchant gives back meanwhile waits for the shopper, and then goes back', async () => {
  const id = await anOrder('3220')
  await plans.pay(keyOf(id), 3, present)
  await act(id, { kind: 'refund', amount: 9_000n })
  assert.equal((await plans.returnFromBank(keyOf(id))).kind, 'paid')
  await advance(minute)
  const attempts = await listAttempts(pool, merchant.id, id)
  const back = attempts.filter(({ purpose, state }) => purpose === 'refund' && state === 'succeeded')
  assert.deepEqual(back.map(({ amount }) => amount).toSorted(), [3_000n, 3_000n])
  await assertProved()
})

test('nobody is asked who is not there: the due day charges the card as it was agreed', async () => {
  const id = await anOrder('3220')
  await advance(32n * day)
  assert.deepEqual(await chargesOf(id), ['3000 succeeded'])
  await advance(second)
})
