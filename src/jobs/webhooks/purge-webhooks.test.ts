import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant, createOrder, testEngine } from '../../../test/support/payments/engine.ts'
import { someTime } from '../../../test/support/payments/factories.ts'
import { day, hour, plus } from '../../kernel/instant.ts'
import { createPurgeWebhooks } from './purge-webhooks.ts'

test('forgets what was delivered thirty days ago with its attempts, and keeps what is younger or still waits', async () => {
  const { url, pool } = await testDatabase()
  const time = { now: someTime }
  const engine = testEngine(url, { clock: { now: () => time.now } })
  const merchant = await addMerchant(pool)
  await pool.query(
    `insert into webhook_endpoint (merchant_id, endpoint_id, kind, url, secret, created_at)
     values ($1, gen_random_uuid(), 'http', 'https://shop.example/hook', '', now())`,
    [merchant.id],
  )
  const orders = [await createOrder(engine, merchant), await createOrder(engine, merchant)]
  time.now = plus(someTime, day)
  orders.push(await createOrder(engine, merchant))
  await pool.query(`update webhook_message set state = 'delivered', next_attempt_at = null where source_id = any($1)`, [
    [orders[0], orders[2]],
  ])
  await pool.query(
    `insert into webhook_attempt (merchant_id, message_id, at, status, latency_ms)
     select merchant_id, message_id, created_at, 200, 5 from webhook_message where state = 'delivered'`,
  )
  const purge = createPurgeWebhooks(pool)
  const due = await purge.nextDue()
  assert(due !== null && due > plus(someTime, 30n * day) && due <= plus(someTime, 30n * day + hour))
  assert.equal(await purge.runDue(plus(someTime, 29n * day)), 0)
  assert.equal(await purge.runDue(due), 1)
  assert.equal(await purge.runDue(due), 0)
  const { rows } = await pool.query<{ source_id: string }>('select source_id from webhook_message')
  assert.deepEqual(new Set(rows.map((row) => row.source_id)), new Set(orders.slice(1)))
  assert.equal((await pool.query('select from webhook_attempt')).rowCount, 1)
})
