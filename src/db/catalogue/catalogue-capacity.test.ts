import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { aUuid } from '../../../test/support/protocols/catalogue.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { instantFromMillis } from '../../kernel/instant.ts'
import { beginWrites, connectClient, timestampText } from '../wire/connection.ts'
import type { Sender } from '../wire/statement.ts'
import {
  type CapacityKey,
  lockCouponUses,
  lockEventCapacity,
  releaseEventCapacity,
  reserveEventCapacity,
} from './catalogue-capacity.ts'

const { pool, url } = await testDatabase()
const merchantId = 1 as MerchantId
const organization = aUuid(1)
const product = aUuid(2)
const coupon = aUuid(3)
const startsAt = instantFromMillis(Date.UTC(2030, 0, 1))
const laterStart = instantFromMillis(Date.UTC(2030, 0, 2))
const key: CapacityKey = { merchantId, productUuid: product, startsAt }

await pool.query(`insert into merchant (id, name, prefix, currency, fee_ppm, fee_tax_ppm, maximum_order_expiry_ms)
  values (1, 'One', 'AAAA', 'ISK', 0, 0, 1000)`)
await pool.query(
  `insert into organization (merchant_id, organization_uuid, title, currency, time_zone, is_enabled)
    values (1, $1, 'O', 'ISK', 'UTC', true)`,
  [organization],
)
await pool.query(
  `insert into catalogue_product (merchant_id, uuid, organization_uuid, title, price, categories, attributes, is_event,
      variation_types, is_enabled) values (1, $1, $2, 'P', 1, '{}', '{}', true, '[]', true)`,
  [product, organization],
)

const paymentId = (number: number) => `AAAA${String(number).padStart(8, '0')}` as PaymentId

function reservation(number: number, quantity = 1, at = startsAt, couponUse: Uuid | null = null) {
  return {
    merchantId,
    paymentId: paymentId(number),
    reservations: [{ productUuid: product, startsAt: at, quantity }],
    couponUse,
  }
}

async function taken(): Promise<{ seats: number[]; uses: number; holds: number }> {
  const seats = await pool.query<{ taken: number }>('select taken from event_capacity order by starts_at')
  const coupons = await pool.query<{ used: number }>('select used from catalogue_coupon')
  const holds = await pool.query('select 1 from catalogue_hold')
  return { seats: seats.rows.map((row) => row.taken), uses: coupons.rows[0]?.used ?? -1, holds: holds.rowCount ?? 0 }
}

/** What an engine's batch does: lock, see what is left, take it when it suffices. */
async function buy(sender: Sender, number: number): Promise<boolean> {
  await sender.query(beginWrites)
  const [locked] = await lockEventCapacity(sender, [key])
  const isLeft = (locked?.left ?? 0) >= 1
  if (isLeft) await sender.query(reserveEventCapacity([reservation(number)]))
  await sender.query('commit')
  return isLeft
}

describe('event capacity', () => {
  beforeEach(async () => {
    await pool.query('delete from catalogue_hold')
    await pool.query('delete from event_capacity')
    await pool.query('delete from catalogue_coupon')
    await pool.query(
      `insert into event_capacity (merchant_id, product_uuid, starts_at, capacity) values (1, $1, $2, 10), (1, $1, $3, 10)`,
      [product, timestampText(startsAt), timestampText(laterStart)],
    )
    await pool.query(
      `insert into catalogue_coupon (merchant_id, uuid, organization_uuid, title, percent_hundredths, minimum,
          usage_limit, is_enabled) values (1, $1, $2, 'C', 1000, 0, 2, true)`,
      [coupon, organization],
    )
  })

  test('is never oversold by parallel sales', async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, () => connectClient(url, { pipeline: true })))
    const sales = await Promise.all(
      clients.map(async (client, lane) => {
        let sold = 0
        for (let turn = 0; turn < 4; turn++) sold += (await buy(client, lane * 10 + turn)) ? 1 : 0
        return sold
      }),
    )
    await Promise.all(clients.map((client) => client.end()))
    assert.equal(
      sales.reduce((sum, sold) => sum + sold, 0),
      10,
    )
    assert.deepEqual(await taken(), { seats: [10, 0], uses: 0, holds: 10 })
  })

  test('is taken for a whole batch at once, coupon uses too, and given back once', async () => {
    await pool.query(
      reserveEventCapacity([reservation(1, 2), reservation(2, 3), reservation(3, 1, laterStart, coupon)]),
    )
    assert.deepEqual(await taken(), { seats: [5, 1], uses: 1, holds: 4 })
    const holders = [1, 3, 99].map((number) => ({ merchantId, paymentId: paymentId(number) }))
    await pool.query(releaseEventCapacity(holders))
    assert.deepEqual(await taken(), { seats: [3, 0], uses: 0, holds: 1 })
    await pool.query(releaseEventCapacity(holders))
    assert.deepEqual(await taken(), { seats: [3, 0], uses: 0, holds: 1 })
  })

  test('is given back to a coupon that was removed and added anew meanwhile, which does not count the use', async () => {
    await pool.query(reserveEventCapacity([reservation(1, 2, startsAt, coupon)]))
    await pool.query('update catalogue_coupon set used = 0')
    await pool.query(releaseEventCapacity([{ merchantId, paymentId: paymentId(1) }]))
    assert.deepEqual(await taken(), { seats: [0, 0], uses: 0, holds: 0 })
  })

  test('locks in key order what is wanted and what is given back, each row once', async () => {
    await pool.query(reserveEventCapacity([reservation(1, 2, laterStart, coupon)]))
    const releasing = [{ merchantId, paymentId: paymentId(1) }]
    const unknown = { ...key, productUuid: aUuid(9) }
    assert.deepEqual(await lockEventCapacity(pool, [key, key, unknown], releasing), [
      { ...key, left: 10 },
      { ...key, startsAt: laterStart, left: 8 },
    ])
    assert.deepEqual(await lockCouponUses(pool, [{ merchantId, couponUuid: coupon }], releasing), [
      { merchantId, couponUuid: coupon, left: 1 },
    ])
  })

  test('is refused by the database beyond its limit, whoever did not look', async () => {
    await assert.rejects(pool.query(reserveEventCapacity([reservation(1, 11)])), {
      constraint: 'event_capacity_not_oversold',
    })
    const uses = [1, 2, 3].map((number) => ({ ...reservation(number, 1, startsAt, coupon) }))
    await assert.rejects(pool.query(reserveEventCapacity(uses)), { constraint: 'catalogue_coupon_within_limit' })
    assert.deepEqual(await taken(), { seats: [0, 0], uses: 0, holds: 0 })
  })
})
