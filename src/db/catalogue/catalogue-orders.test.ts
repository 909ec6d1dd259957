import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { someTime } from '../../../test/support/payments/factories.ts'
import { aUuid } from '../../../test/support/protocols/catalogue.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { plus, second } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import {
  findCatalogueOrder,
  insertCatalogueOrders,
  listCatalogueOrders,
  type NewCatalogueOrder,
} from './catalogue-orders.ts'

const { pool } = await testDatabase()
const merchantId = 1 as MerchantId
const organization = aUuid(1)

const paymentId = (number: number) => `AAAA${String(number).padStart(8, '0')}` as PaymentId

function anOrderRow(number: number, overrides: Partial<NewCatalogueOrder> = {}): NewCatalogueOrder {
  return {
    merchantId,
    paymentId: paymentId(number),
    organization,
    channel: aUuid(2),
    instance: aUuid(3),
    requestId: `request ${number}`,
    createdAt: someTime,
    details: '{"comment":"x"}',
    ...overrides,
  }
}

async function insert(...orders: NewCatalogueOrder[]): Promise<void> {
  await pool.query(insertCatalogueOrders(orders))
  await pool.query(
    `insert into payment (merchant_id, payment_id, protocol, product, funding, state, currency, total, authorized, captured,
        refunded, reduced, fee_ppm, fee_tax_ppm, sequence, created_at, merchant_reference)
      select m, p, 'salescloud', 'card', 'acquirer', 'captured', 'ISK', 1000, 1000, 1000, 0, 0, 0, 0, 1, $3, r
      from unnest($1::int[], $2::text[], $4::text[]) as x (m, p, r)`,
    [
      orders.map((order) => order.merchantId),
      orders.map((order) => order.paymentId),
      timestampText(someTime),
      orders.map((order) => order.requestId),
    ],
  )
}

describe('salescloud orders', () => {
  test('are found by their own organization only, with the payment as it stands', async () => {
    const details = '{"comment":"Þetta er \\u0000 bara \\ud800 test", "z":1,  "a":[]}'
    await insert(anOrderRow(1, { details, requestId: null }))
    const key = { merchantId, organization, paymentId: paymentId(1) }
    assert.deepEqual(await findCatalogueOrder(pool, key), {
      ...anOrderRow(1, { details, requestId: null }),
      state: 'captured',
      currency: 'ISK',
      total: 1000n,
      captured: 1000n,
      refunded: 0n,
      failure: null,
    })
    for (const wrong of [{ organization: aUuid(9) }, { merchantId: 2 as MerchantId }, { paymentId: paymentId(404) }])
      assert.equal(await findCatalogueOrder(pool, { ...key, ...wrong }), undefined)
  })

  test('are listed newest first, page by page, without a gap or a repeat', async () => {
    const other = aUuid(50)
    // Two in each second, so that the cursor must tell orders of one moment apart.
    const orders = Array.from({ length: 7 }, (_, index) =>
      anOrderRow(100 + index, { organization: other, createdAt: plus(someTime, BigInt(index >> 1) * second) }),
    )
    await insert(...orders)
    const seen: PaymentId[] = []
    for (let before: { createdAt: NewCatalogueOrder['createdAt']; paymentId: PaymentId } | undefined; ; ) {
      const page = await listCatalogueOrders(pool, {
        merchantId,
        organization: other,
        limit: 3,
        ...(before && { before }),
      })
      seen.push(...page.map((order) => order.paymentId))
      before = page.at(-1)
      if (!before) break
    }
    assert.deepEqual(seen, orders.map((order) => order.paymentId).reverse())
  })

  test('are found by the client’s request id', async () => {
    await insert(anOrderRow(200, { requestId: 'mine' }), anOrderRow(201, { requestId: 'yours' }))
    const found = await listCatalogueOrders(pool, { merchantId, organization, limit: 10, requestId: 'mine' })
    assert.deepEqual(
      found.map((order) => order.paymentId),
      [paymentId(200)],
    )
  })

  test('are never changed once written', async () => {
    await insert(anOrderRow(300))
    await assert.rejects(pool.query('update catalogue_order set request_id = null'), /append-only/)
    await assert.rejects(pool.query('delete from catalogue_order'), /append-only/)
  })
})
