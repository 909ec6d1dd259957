import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { longPatienceMs } from '../../../test/support/patience.ts'
import { someTime } from '../../../test/support/payments/factories.ts'
import {
  aFile,
  anItem,
  anOrder,
  aProduct,
  aRule,
  aUuid,
  catalogueOf,
  theAdvancedExample,
} from '../../../test/support/protocols/catalogue.ts'
import { findPaymentAddress, type PaymentAddress } from '../../db/catalogue/catalogue-address.ts'
import { loadOrderFacts } from '../../db/catalogue/catalogue-facts.ts'
import { connectPool } from '../../db/wire/connection.ts'
import type { CatalogueFile } from '../../domain/catalogue/file/file-schema.ts'
import { sandboxCatalogue } from '../../domain/catalogue/file/sandbox-catalogue.ts'
import { parseUuid, type Uuid } from '../../domain/catalogue/model/uuid.ts'
import { factsOf } from '../../domain/catalogue/pricing/facts.ts'
import { keysOfOrder } from '../../domain/catalogue/pricing/order-request.ts'
import { Unavailable } from '../../engine/command.ts'
import { ISK } from '../../kernel/currency.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { setPatience } from '../../kernel/patience.ts'
import { importCatalogue } from './import-catalogue.ts'
import { createPriceOrder } from './price-order.ts'

const { pool } = await testDatabase()
const merchantId = 1 as MerchantId
await pool.query(`insert into merchant (id, name, prefix, currency, fee_ppm, fee_tax_ppm, maximum_order_expiry_ms)
  values (1, 'One', 'AAAA', 'ISK', 0, 0, 1000)`)

async function imported(file: CatalogueFile): Promise<void> {
  const result = await importCatalogue(pool, {
    text: JSON.stringify(file),
    merchantId,
    seal: (text) => Buffer.from(text),
  })
  assert.ok(result.ok, JSON.stringify(result))
}

const sandbox = (text: string): Uuid => parseUuid(text) ?? aUuid(0)
const addressOf = (organization: Uuid): Parameters<ReturnType<typeof createPriceOrder>>[0] => ({
  merchantId,
  organization: { uuid: organization, currency: ISK, timeZone: 'Atlantic/Reykjavik' },
  channel: { uuid: aUuid(1), isPos: false },
})

const start = Date.UTC(2030, 0, 1, 20)
const everything = aFile({
  organization: { uuid: aUuid(70), title: 'All', currency: 'ISK', timeZone: 'Europe/Copenhagen' },
  locations: [{ uuid: aUuid(71), title: 'North' }],
  units: [{ uuid: aUuid(72), title: 'Bike', location: aUuid(71) }],
  deliveryServices: [{ uuid: aUuid(73), title: 'Post', price: 490 }],
  coupons: [
    {
      uuid: aUuid(74),
      title: 'C',
      percent: 12.5,
      validFrom: '2024-01-01T00:00:00.123Z',
      minimum: 5,
      usageLimit: 3,
    },
  ],
  discountRules: [
    aRule({
      machineName: 'all_of_it',
      sortOrder: -3,
      compatibleWithOthers: false,
      conditions: {
        products: [aUuid(75)],
        users: ['a'],
        daysOfWeek: [1, 7],
        hours: { from: 22, to: 4 },
        quantity: { minimum: 1 },
        unitQuantity: { minimum: 0, maximum: 4 },
        isPos: true,
        threeForTwo: true,
      },
    }),
    aRule({ machineName: 'off', enabled: false }),
    aRule({ machineName: 'order_kr', type: 'order', amount: 100 }),
  ],
  products: [
    aProduct({
      uuid: aUuid(75),
      price: 999_999_999_999,
      type: 't',
      department: 'd',
      categories: ['c', 'é"{},'],
      attributes: ['a'],
      variationTypes: [{ name: 'Size', required: true }],
      variations: [
        { uuid: aUuid(77), type: 'Size', title: 'L', priceChange: 5 },
        { uuid: aUuid(76), type: 'Size', title: 'S', priceChange: -5 },
      ],
      event: { starts: [{ startsAt: new Date(start).toISOString(), capacity: 5 }] },
    }),
    aProduct({ uuid: aUuid(78), enabled: false }),
  ],
})

describe('createPriceOrder', () => {
  test("prices the contract's advanced example from the imported sandbox catalogue", async () => {
    await imported(sandboxCatalogue)
    const address: PaymentAddress | undefined = await findPaymentAddress(pool, {
      organization: sandbox('3f8b2c1e-9a47-4d6b-8e21-5c7f0a1b2d34'),
      channel: sandbox('a1c9e7d2-4b58-4f3a-b6d0-92e8c7f51a60'),
      instance: sandbox('5b2e9f04-7c31-4a8d-91f6-d3a0b8c4e275'),
    })
    assert.ok(address)
    const result = await createPriceOrder(pool)(address, theAdvancedExample(), someTime)
    assert.equal(result.ok && result.value.total, 1000n)
  })

  test('loads the very facts that the file states', async () => {
    await imported(everything)
    const keys = keysOfOrder(
      anOrder({
        items: [anItem({ uuid: aUuid(75), startsAtMs: start }), anItem({ uuid: aUuid(78) })],
        deliveryServiceUuid: aUuid(73),
        coupon: aUuid(74),
        location: aUuid(71),
        unit: aUuid(72),
      }),
    )
    const facts = await loadOrderFacts(pool, merchantId, aUuid(70), keys)
    assert.ok(facts)
    const rules = [...facts.rules].sort((left, right) => (left.machineName < right.machineName ? -1 : 1))
    assert.deepEqual({ ...facts, rules }, factsOf(catalogueOf(everything), keys))
  })

  test('finds nothing of another organization, and nothing for hostile texts', async () => {
    await imported(everything)
    await imported(aFile({ organization: { uuid: aUuid(80), title: 'Other', currency: 'ISK' } }))
    const price = createPriceOrder(pool)
    for (const uuid of [aUuid(75), '\0', '\ud800', "' or true --"]) {
      const result = await price(addressOf(aUuid(80)), anOrder({ items: [anItem({ uuid })] }), someTime)
      assert.deepEqual(!result.ok && result.reason, { reason: 'not_found', entity: 'product', path: 'items[0].uuid' })
    }
    for (const [given, entity] of [
      [{ coupon: aUuid(74) }, 'coupon'],
      [{ location: aUuid(71) }, 'location'],
      [{ unit: aUuid(72) }, 'unit'],
      [{ deliveryServiceUuid: aUuid(73) }, 'delivery_service'],
    ] as const) {
      const result = await price(addressOf(aUuid(80)), anOrder({ items: [], ...given }), someTime)
      assert.ok(!result.ok && result.reason.reason === 'not_found' && result.reason.entity === entity)
    }
  })

  test('takes the till’s rules from the channel', async () => {
    const rule = aRule({ percent: 50, conditions: { isPos: true } })
    await imported(
      aFile({
        organization: { uuid: aUuid(90), title: 'Till', currency: 'ISK' },
        products: [aProduct({ uuid: aUuid(91) })],
        discountRules: [rule],
      }),
    )
    const order = anOrder({ items: [anItem({ uuid: aUuid(91) })], amount: 500n })
    const address = addressOf(aUuid(90))
    const price = createPriceOrder(pool)
    assert.equal((await price(address, order, someTime)).ok, false)
    assert.ok((await price({ ...address, channel: { uuid: aUuid(1), isPos: true } }, order, someTime)).ok)
  })

  test('needs no database for an order that speaks of nothing, and says when it is away', async () => {
    const away = connectPool('postgres://nobody@127.0.0.1:1/none', { connectTimeoutMs: 500 })
    const price = createPriceOrder(away)
    const given = await price(addressOf(aUuid(1)), anOrder({ items: [], amount: 7n }), someTime)
    assert.equal(given.ok && given.value.total, 7n)
    await assert.rejects(price(addressOf(aUuid(1)), anOrder(), someTime), Unavailable)
    await away.end()
  })
})

test('does not wait longer for a silent database than any other read', async (t) => {
  setPatience(300)
  t.after(() => setPatience(longPatienceMs))
  const holder = await pool.connect()
  await holder.query('begin; lock table organization in access exclusive mode')
  try {
    const price = createPriceOrder(pool)
    await assert.rejects(
      price(addressOf(everything.organization.uuid as Uuid), anOrder(), someTime),
      (error: unknown) => {
        assert(error instanceof Unavailable)
        assert.match(error.message, /did not answer in time/)
        return true
      },
    )
  } finally {
    await holder.query('rollback')
    holder.release()
  }
})
