import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant } from '../../../test/support/payments/engine.ts'
import {
  aFile,
  anInstance,
  aProduct,
  aRule,
  aUuid,
  valitorCredentials,
} from '../../../test/support/protocols/catalogue.ts'
import type { StoredEntity } from '../../db/catalogue/catalogue-read.ts'
import type { Deletion } from '../../domain/catalogue/file/deletion.ts'
import { type CatalogueKind, parseEntityId } from '../../domain/catalogue/model/kinds.ts'
import { deleteEntity, putEntity, putOrganization } from './change-catalogue.ts'
import { importCatalogue } from './import-catalogue.ts'

const { pool } = await testDatabase()
const { id: merchantId } = await addMerchant(pool)
const key = { merchantId, organization: aUuid(1) }
const seal = (plain: string) => Buffer.from(plain).reverse()

async function imported(file: Parameters<typeof aFile>[0] = {}): Promise<void> {
  const result = await importCatalogue(pool, { text: JSON.stringify(aFile(file)), merchantId, seal })
  assert.ok(result.ok, JSON.stringify(result))
}
await imported()

function idOf(kind: CatalogueKind, entity: object): string {
  return String('uuid' in entity ? entity.uuid : 'machineName' in entity ? entity.machineName : kind)
}

async function put(kind: CatalogueKind, entity: object, to = key) {
  return await putEntity(pool, { ...to, kind, entity, id: parseEntityId(kind, idOf(kind, entity)) }, seal)
}

async function stored(kind: CatalogueKind, entity: object): Promise<StoredEntity> {
  const result = await put(kind, entity)
  assert.ok(result.ok, JSON.stringify(result))
  return result.value
}

async function problemsOf(kind: CatalogueKind, entity: object, to = key): Promise<string[]> {
  const result = await put(kind, entity, to)
  return result.ok ? [] : result.reason.map(({ path, message }) => `${path} ${message}`)
}

async function remove(kind: CatalogueKind, id: string): Promise<Deletion> {
  const entityId = parseEntityId(kind, id)
  assert.ok(entityId)
  return await deleteEntity(pool, { ...key, kind, id: entityId })
}

async function rowCount(table: string): Promise<number> {
  return (await pool.query(`select 1 from ${table}`)).rowCount ?? 0
}

describe('putEntity', () => {
  test('adds an entity, then makes it exactly what is sent', async () => {
    const channel = { uuid: aUuid(10), title: 'Till', pos: true }
    assert.deepEqual(JSON.parse((await stored('channels', channel)).file), { ...channel, enabled: true })
    const renamed = { uuid: aUuid(10), title: 'Web' }
    assert.deepEqual(JSON.parse((await stored('channels', renamed)).file), { ...renamed, pos: false, enabled: true })
  })

  test('finds in the database what the entity refers to, and says when it is not there', async () => {
    const unit = { uuid: aUuid(21), title: 'Bike', location: aUuid(20) }
    assert.deepEqual(await problemsOf('units', unit), ['location is not the uuid of a location of the organization'])
    await stored('locations', { uuid: aUuid(20), title: 'Shed' })
    await stored('units', { ...unit, location: unit.location.toUpperCase() })
    const rule = aRule({ conditions: { products: [aUuid(22)] } })
    const missing = 'conditions.products[0] is not a product of the organization'
    assert.deepEqual(await problemsOf('discountRules', rule), [missing])
    await stored('products', aProduct({ uuid: aUuid(22) }))
    await stored('discountRules', rule)
  })

  test('knows nothing of what another organization of the merchant has', async () => {
    const other = { merchantId, organization: aUuid(2) }
    await imported({
      organization: { uuid: aUuid(2), title: 'Other', currency: 'ISK' },
      locations: [{ uuid: aUuid(30), title: 'L' }],
    })
    const unit = { uuid: aUuid(31), title: 'U', location: aUuid(30) }
    assert.equal((await problemsOf('units', unit)).length, 1)
    assert.deepEqual(await problemsOf('units', unit, other), [])
    assert.deepEqual(await problemsOf('units', { uuid: aUuid(31), title: 'U' }), [
      'uuid belongs to another organization',
    ])
    assert.deepEqual(await remove('units', aUuid(31)), { kind: 'unknown' })
  })

  test('checks as an import does: shape, texts, what is sold, uses there were', async () => {
    assert.deepEqual(await problemsOf('products', { uuid: aUuid(40), title: 'T', price: 1.5 }), [
      'price must be integer',
    ])
    assert.deepEqual(await problemsOf('channels', { uuid: aUuid(40), title: 'a\0' }), [
      'title has characters that are not text',
    ])
    assert.deepEqual(await problemsOf('channels', { uuid: aUuid(40), title: 'a', shop: 1 }), [
      'shop is not a known word here',
    ])
    assert.match((await problemsOf('channels', []))[0] ?? '', /^the body must be object/)
    const event = (capacity: number) =>
      aProduct({ uuid: aUuid(41), event: { starts: [{ startsAt: '2035-01-01T10:00:00Z', capacity }] } })
    await stored('products', event(5))
    await pool.query('update event_capacity set taken = 3 where product_uuid = $1', [aUuid(41)])
    assert.deepEqual(await problemsOf('products', event(2)), ['event.starts[0].capacity is below the 3 that are sold'])
    const coupon = (usageLimit: number) => ({ uuid: aUuid(42), title: 'C', percent: 12.5, usageLimit })
    await stored('coupons', coupon(5))
    await pool.query('update catalogue_coupon set used = 4 where uuid = $1', [aUuid(42)])
    assert.deepEqual(await problemsOf('coupons', coupon(3)), ['usageLimit is below the 4 uses there were'])
    assert.equal((await stored('coupons', coupon(4))).readOnly, '{"used":4}')
  })

  test('keeps an instance’s secrets when they are left out, and never shows them', async () => {
    const instance = anInstance({ uuid: aUuid(50), acquirer: 'valitor_greidslugatt' })
    const secrets = {
      credentials: { ...valitorCredentials, password: 'canary-4711' },
      bearerKeySha256: 'ab'.repeat(32),
    }
    const first = await stored('instances', { ...instance, ...secrets })
    assert.doesNotMatch(JSON.stringify(first), /canary|abab/)
    const again = await stored('instances', JSON.parse(first.file))
    assert.deepEqual(JSON.parse(again.readOnly ?? ''), { hasCredentials: true, hasBearerKey: true })
    const open = await stored('instances', { ...instance, bearerKeySha256: null })
    assert.deepEqual(JSON.parse(open.readOnly ?? ''), { hasCredentials: true, hasBearerKey: false })
  })

  test('refuses one more than a file could hold', async () => {
    const discountRules = Array.from({ length: 200 }, (_, index) => aRule({ machineName: `rule_${index}` }))
    const full = { merchantId, organization: aUuid(3) }
    await imported({ organization: { uuid: aUuid(3), title: 'Full', currency: 'ISK' }, discountRules })
    const message = 'discountRules would be more than 200 with those that the organization has'
    assert.deepEqual(await problemsOf('discountRules', aRule({ machineName: 'one_more' }), full), [message])
    assert.deepEqual(await problemsOf('discountRules', aRule({ machineName: 'rule_7', name: 'New' }), full), [])
  })

  test('ends as one of them when many change the same entity at once', async () => {
    const titles = Array.from({ length: 12 }, (_, index) => `T${index}`)
    const answers = await Promise.all(titles.map((title) => put('channels', { uuid: aUuid(60), title })))
    for (const [index, answer] of answers.entries())
      assert.equal(answer.ok && JSON.parse(answer.value.file).title, titles[index])
    const { rows } = await pool.query<{ title: string }>('select title from catalogue_channel where uuid = $1', [
      aUuid(60),
    ])
    assert.equal(rows.length, 1)
    assert.ok(titles.includes(rows[0]?.title ?? ''))
  })
})

describe('putOrganization', () => {
  test('changes title, time zone and enabled, and nothing else', async () => {
    const change = (more: object) =>
      putOrganization(pool, key, (was) => ({ uuid: was.uuid, currency: was.currency, title: 'Bókabúð', ...more }), seal)
    const changed = await change({ timeZone: 'Europe/Copenhagen', enabled: false })
    assert.deepEqual(changed, {
      ok: true,
      value: { uuid: aUuid(1), title: 'Bókabúð', currency: 'ISK', timeZone: 'Europe/Copenhagen', enabled: false },
    })
    const problems = async (more: object) => {
      const result = await change(more)
      return result.ok ? [] : result.reason.map(({ path, message }) => `${path} ${message}`)
    }
    assert.deepEqual(await problems({ currency: 'EUR' }), ['currency is ISK and cannot change: every price is in it'])
    assert.deepEqual(await problems({ timeZone: 'Iceland/Nowhere' }), [
      'timeZone is not a time zone: use a name like Atlantic/Reykjavik',
    ])
    assert.ok((await change({})).ok)
  })
})

describe('deleteEntity', () => {
  test('removes an entity once', async () => {
    await stored('deliveryServices', { uuid: aUuid(70), title: 'Post', price: 5 })
    assert.deepEqual(await remove('deliveryServices', aUuid(70)), { kind: 'deleted' })
    assert.deepEqual(await remove('deliveryServices', aUuid(70)), { kind: 'unknown' })
  })

  test('removes a product with its variations and unsold starts', async () => {
    const counts = async () => [await rowCount('catalogue_variation'), await rowCount('event_capacity')]
    const before = await counts()
    const product = aProduct({
      uuid: aUuid(80),
      variationTypes: [{ name: 'Size' }],
      variations: [{ uuid: aUuid(81), type: 'Size', title: 'S' }],
      event: { starts: [{ startsAt: '2035-01-01T10:00:00Z', capacity: 5 }] },
    })
    await stored('products', product)
    assert.deepEqual(await remove('products', aUuid(80)), { kind: 'deleted' })
    assert.deepEqual(await counts(), before)
  })

  test('keeps what something needs: seats sold, uses, units, rules, orders', async () => {
    await stored('products', aProduct({ uuid: aUuid(90) }))
    await stored('discountRules', aRule({ machineName: 'of_90', conditions: { products: [aUuid(90)] } }))
    assert.deepEqual(await remove('products', aUuid(90)), { kind: 'kept', reason: 'in_rules', count: 1 })
    assert.deepEqual(await remove('discountRules', 'of_90'), { kind: 'deleted' })
    assert.deepEqual(await remove('products', aUuid(90)), { kind: 'deleted' })
    assert.deepEqual(await remove('products', aUuid(41)), { kind: 'kept', reason: 'seats_sold', count: 3 })
    assert.deepEqual(await remove('coupons', aUuid(42)), { kind: 'kept', reason: 'used', count: 4 })
    assert.deepEqual(await remove('locations', aUuid(20)), { kind: 'kept', reason: 'has_units', count: 1 })
    assert.deepEqual(await remove('units', aUuid(21)), { kind: 'deleted' })
    assert.deepEqual(await remove('locations', aUuid(20)), { kind: 'deleted' })
  })

  test('keeps a channel and an instance that orders name, and an instance that is enabled', async () => {
    const instance = anInstance({ uuid: aUuid(91) })
    await stored('instances', instance)
    await stored('channels', { uuid: aUuid(92), title: 'C' })
    assert.deepEqual(await remove('instances', aUuid(91)), { kind: 'kept', reason: 'enabled' })
    await stored('instances', { ...instance, enabled: false })
    await pool.query(`insert into catalogue_order values ($1, 'ORDER1', $2, $3, $4, null, now(), '{}')`, [
      merchantId,
      key.organization,
      aUuid(92),
      aUuid(91),
    ])
    assert.deepEqual(await remove('instances', aUuid(91)), { kind: 'kept', reason: 'has_orders' })
    assert.deepEqual(await remove('channels', aUuid(92)), { kind: 'kept', reason: 'has_orders' })
    await stored('instances', { ...instance, uuid: aUuid(93), enabled: false })
    assert.deepEqual(await remove('instances', aUuid(93)), { kind: 'deleted' })
  })

  test('waits for a sale that takes the last seat, and then keeps the product', async () => {
    const starts = [{ startsAt: '2035-01-01T10:00:00Z', capacity: 1 }]
    await stored('products', aProduct({ uuid: aUuid(95), event: { starts } }))
    const sale = await pool.connect()
    await sale.query('begin')
    await sale.query('select 1 from event_capacity where product_uuid = $1 for update', [aUuid(95)])
    const deletion = remove('products', aUuid(95))
    await sale.query('update event_capacity set taken = 1 where product_uuid = $1', [aUuid(95)])
    await sale.query('commit')
    sale.release()
    assert.deepEqual(await deletion, { kind: 'kept', reason: 'seats_sold', count: 1 })
  })
})
