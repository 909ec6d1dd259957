import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkLedger } from '../../../src/app/payment/check-ledger.ts'
import { readPlans } from '../../../src/db/instalments/plan-rows.ts'
import { findPayment } from '../../../src/db/payment/payments.ts'
import { openToRefund } from '../../../src/domain/payment/payment.ts'
import type { PaymentId } from '../../../src/kernel/ids.ts'
import { day, instantFromMillis } from '../../../src/kernel/instant.ts'
import { createSandbox } from '../../../src/rails/card/sandbox/sandbox.ts'
import { testDatabase } from '../../support/database.ts'
import { type Collection, startCollection } from '../../support/payments/collection.ts'
import { askForLateFees, ownOrder } from '../../support/payments/late-fees.ts'
import { type RecordingAcquirer, recordingAcquirer } from '../../support/payments/recording-acquirer.ts'
import { testSealer } from '../../support/protocols/webhooks.ts'

const start = instantFromMillis(Date.UTC(2026, 0, 15, 10))
const cards = [
  '4242424242424242',
  '4000000000000226',
  '4000000000000333',
  '4000000000000069',
  '4000000000009987',
] as const

type Event =
  | { readonly kind: 'order'; readonly total: bigint; readonly card: string; readonly share: bigint }
  | { readonly kind: 'refund' | 'pay' | 'card' | 'write_off' | 'waive'; readonly pick: number; readonly share: bigint }

const someEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      total: fc.bigInt(500n, 100_000n),
      card: fc.constantFrom(...cards),
      share: fc.bigInt(1n, 100n),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(...(['refund', 'pay', 'card', 'write_off', 'waive'] as const)),
      pick: fc.nat(),
      share: fc.bigInt(1n, 100n),
    }),
  },
)

/** What calls of the acquirer come to, in turn: most are answered, some are cut on the way there or back. */
const someFates = fc.array(
  fc.constantFrom('answered' as const, 'answered' as const, 'cut_before' as const, 'cut_after' as const),
  {
    minLength: 20,
    maxLength: 20,
  },
)

test('a year of captures, refunds, failures, late fees, early payments and card changes, cut calls among them, is proved after each day', async () => {
  const { url, pool } = await testDatabase()
  await askForLateFees(pool, { now: () => start })
  await fc.assert(
    fc.asyncProperty(fc.array(someEvent, { minLength: 6, maxLength: 12 }), someFates, async (events, fates) => {
      let calls = 0
      let rail: RecordingAcquirer | undefined
      // The shopper's authorization is answered: what is unsure of it is the resolver's, which has tests of its own.
      const books = await startCollection(
        { url, pool },
        (clock) => {
          rail = recordingAcquirer(createSandbox(clock), ({ purpose }) =>
            purpose === 'authorize' ? 'answered' : (fates[calls++ % fates.length] ?? 'answered'),
          )
          return rail
        },
        start,
      )
      const ids: PaymentId[] = []
      const prove = async () => assert.deepEqual((await checkLedger(pool, books.merchant.id)).discrepancies, [])
      for (const event of events) {
        await live(books, ids, event)
        await books.advance((366n * day) / BigInt(events.length), prove)
      }
      await books.advance(120n * day, prove)
      await assertAgreed(books, ids, rail)
      await books.engine.close()
    }),
    // The first counterexample as it is: a year takes a second, and to shrink it a quarter of an hour.
    { numRuns: Number(process.env.TERCET_RUNS ?? 6), endOnFailure: true },
  )

  async function live(books: Collection, ids: PaymentId[], event: Event): Promise<void> {
    if (event.kind === 'order') {
      const id = await books.authorized(event.total, event.card)
      ids.push(id)
      await ownOrder(pool, { merchantId: books.merchant.id, paymentId: id })
      const amount = (event.total * event.share) / 100n
      await books.act(id, amount === 0n ? { kind: 'void' } : { kind: 'capture', amount })
      return
    }
    const id = ids[event.pick % Math.max(ids.length, 1)]
    if (id === undefined) return
    const key = { merchantId: books.merchant.id, paymentId: id }
    switch (event.kind) {
      case 'refund': {
        const stored = await findPayment(pool, key.merchantId, id)
        const amount =
          stored && stored.payment.state !== 'voided' ? (openToRefund(stored.payment) * event.share) / 100n : 0n
        if (amount > 0n) await books.act(id, { kind: 'refund', amount })
        return
      }
      case 'pay':
        await books.plans.pay(key, 1 + (event.pick % 3), { isShopperPresent: true })
        return
      case 'card': {
        const sealedToken = testSealer.seal('sandboxcard_4242_122099_x').toString('base64')
        const card = { id: `new-${event.pick}`, acquirer: 'sandbox', sealedToken, brand: 'visa', last4: '4242' }
        await books.plans.replaceCard(key, { ...card, expiryMonth: 12, expiryYear: 2099 })
        return
      }
      case 'waive':
        await books.plans.waiveLateFees(key)
        return
      case 'write_off':
        await books.plans.writeOff(key)
        return
    }
  }

  async function assertAgreed(books: Collection, ids: PaymentId[], rail: RecordingAcquirer | undefined): Promise<void> {
    const plans = await readPlans(
      pool,
      ids.map((paymentId) => ({ merchantId: books.merchant.id, paymentId })),
    )
    const { balances } = await checkLedger(pool, books.merchant.id)
    const balance = (account: string) => balances.find((each) => each.account === account)?.balance ?? 0n
    assert(rail)
    const { taken, held } = rail.totals()
    assert.equal(taken, balance('acquirer_receivable'), 'what the acquirer took is what it owes')
    assert.equal(held, 0n, 'nothing is held for ever')
    assert.equal(
      plans.reduce((sum, plan) => sum + plan.owed, 0n),
      balance('shopper_receivable'),
      'what shoppers owe, plan by plan, is what the ledger says',
    )
  }
})
