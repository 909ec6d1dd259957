import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant, createOrder, testEngine } from '../../../test/support/payments/engine.ts'
import { someTime } from '../../../test/support/payments/factories.ts'
import { plus, second } from '../../kernel/instant.ts'
import { readUnread } from './contacts.ts'

const { url, pool } = await testDatabase()

test('a page of orders ends with all of one instant, since the next begins behind it', async () => {
  const merchant = await addMerchant(pool)
  let now = someTime
  const engine = testEngine(url, { clock: { now: () => now } })
  const early = [
    await createOrder(engine, merchant),
    await createOrder(engine, merchant),
    await createOrder(engine, merchant),
  ]
  now = plus(now, second)
  const late = await createOrder(engine, merchant)
  const page = async (after: typeof now | null, limit: number) =>
    (await readUnread(pool, { merchantId: merchant.id, after, before: now, limit })).map(({ paymentId }) => paymentId)
  assert.deepEqual(await page(null, 2), early.toSorted())
  assert.deepEqual(await page(someTime, 2), [late])
})
