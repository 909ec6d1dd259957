import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startPortal } from '../../support/portal/portal.ts'
import {
  aPayment,
  approvedCard,
  ownHeaders,
  ownPath,
  requestPayment,
  startSalescloud,
} from '../../support/protocols/salescloud.ts'

const salescloud = await startSalescloud()
const { pool } = salescloud.database
const portal = await startPortal({ database: salescloud.database })

/** A seat of the sandbox's event, in 2035. */
const seat = { uuid: '2ea94c7d-51f8-4b03-86ce-0d9b7f3a5e12', quantity: 1, startsAtTimeInMillis: 2_066_324_400_000 }
const aSale = aPayment({ amount: 4900, items: [seat] })

async function pageOf(token: string) {
  const { rows } = await pool.query('select merchant_id as id from payment where payment_id = $1', [token])
  const cookie = await portal.cookieOf('support', rows[0].id)
  const url = `/portal/api/merchants/${rows[0].id}/orders/${token}`
  const answer = await portal.server.inject({ url, headers: { cookie } })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

async function newestOrder(): Promise<string> {
  const { rows } = await pool.query('select payment_id from payment order by created_at desc limit 1')
  return rows[0].payment_id
}

test('shows what was sold, with the seats that it keeps from others until it is refunded', async () => {
  assert.equal((await requestPayment(salescloud, aSale)).json.success, true)
  const token = await newestOrder()
  const { items, discounts, delivery } = await pageOf(token)
  const line = { ...items[0], name: String(items[0].name) }
  assert.deepEqual(line, {
    ...{ name: line.name, quantity: 1, price: { amount: '4900', currency: 'ISK' }, variations: [] },
    ...{ startsAt: '2035-06-24T19:00:00.000Z', seats: 1 },
  })
  assert.deepEqual([items.length, discounts, delivery], [1, [], null])
  const refund = await salescloud.server.inject({
    ...{ method: 'POST', url: `${ownPath}/orders/${token}/refund`, payload: {} },
    headers: { ...ownHeaders, 'idempotency-key': 'give-it-back' },
  })
  assert.equal(refund.statusCode, 200, refund.body)
  assert.equal((await pageOf(token)).items[0].seats, 0)
})

test('shows what was wanted in a sale that was declined, and that its seat is free', async () => {
  const declined = { ...aSale, details: { ...approvedCard, cardNumber: '4000000000000002' } }
  assert.equal((await requestPayment(salescloud, declined)).json.success, false)
  const { items, order } = await pageOf(await newestOrder())
  assert.deepEqual([order.status, items.length, items[0].seats], ['failed', 1, 0])
})

test('shows a sale without items as one', async () => {
  assert.equal((await requestPayment(salescloud, aPayment())).json.success, true)
  assert.deepEqual((await pageOf(await newestOrder())).items, [])
})
