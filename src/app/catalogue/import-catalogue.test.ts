import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import {
  aFile,
  anInstance,
  aProduct,
  aRule,
  aUuid,
  valitorCredentials,
} from '../../../test/support/protocols/catalogue.ts'
import { findAccount } from '../../db/acquirer/acquirer-accounts.ts'
import { findPaymentAddress } from '../../db/catalogue/catalogue-address.ts'
import type { CatalogueFile } from '../../domain/catalogue/file/file-schema.ts'
import { sandboxCatalogue } from '../../domain/catalogue/file/sandbox-catalogue.ts'
import { parseUuid } from '../../domain/catalogue/model/uuid.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { importCatalogue } from './import-catalogue.ts'

const first = 1 as MerchantId
const second = 2 as MerchantId
const seal = (plain: string) => Buffer.from(plain).reverse()

const { pool } = await testDatabase()
await pool.query(`insert into merchant (id, name, prefix, currency, fee_ppm, fee_tax_ppm, maximum_order_expiry_ms)
  values (1, 'One', 'AAAA', 'ISK', 0, 0, 1000), (2, 'Two', 'BBBB', 'ISK', 0, 0, 1000)`)

describe('importCatalogue', () => {
  const importFile = (file: CatalogueFile, merchantId?: MerchantId, isDryRun = false) =>
    importCatalogue(pool, { text: JSON.stringify(file), isDryRun, seal, ...(merchantId && { merchantId }) })

  async function problemsOf(file: CatalogueFile, merchantId?: MerchantId): Promise<string[]> {
    const result = await importFile(file, merchantId)
    return result.ok ? [] : result.reason.map(({ path, message }) => `${path} ${message}`)
  }

  /** A file of an organization of its own, so that tests do not meet. */
  const own = (number: number, overrides: Partial<CatalogueFile> = {}): CatalogueFile =>
    aFile({ organization: { uuid: aUuid(number), title: 'Own', currency: 'ISK' }, ...overrides })

  test('keeps nothing of a dry run, adds everything once, and then changes only what changed', async () => {
    const dry = await importFile(sandboxCatalogue, first, true)
    assert.ok(dry.ok)
    assert.deepEqual(dry.value.products, { added: 3, changed: 0, unchanged: 0 })
    assert.deepEqual((await pool.query('select 1 from organization')).rowCount, 0)
    assert.deepEqual(await importFile(sandboxCatalogue, first), dry)
    const again = await importFile(sandboxCatalogue)
    assert.ok(again.ok)
    for (const [name, count] of Object.entries(again.value))
      assert.deepEqual({ added: count.added, changed: count.changed }, { added: 0, changed: 0 }, name)
    const [drink, ...others] = sandboxCatalogue.products ?? []
    assert.ok(drink)
    const dearer = await importFile({ ...sandboxCatalogue, products: [{ ...drink, price: 890 }, ...others] })
    assert.deepEqual(dearer.ok && dearer.value.products, { added: 0, changed: 1, unchanged: 2 })
    assert.ok((await importFile(sandboxCatalogue)).ok)
  })

  test('wants to know whose a new organization is, and gives nobody another merchant’s', async () => {
    assert.deepEqual(await problemsOf(own(2)), ['organization.uuid is new: say which merchant it belongs to'])
    assert.deepEqual(await problemsOf(own(2), 99 as MerchantId), ['organization there is no such merchant'])
    assert.ok((await importFile(own(2), first)).ok)
    assert.deepEqual(await problemsOf(own(2), second), ['organization.uuid belongs to another merchant'])
  })

  test('refuses a uuid of another organization of the merchant, and leaves all as it was', async () => {
    assert.ok((await importFile(own(3, { products: [aProduct({ uuid: aUuid(300) })] }), first)).ok)
    const thief = own(4, { products: [aProduct({ uuid: aUuid(301) }), aProduct({ uuid: aUuid(300), price: 1 })] })
    assert.deepEqual(await problemsOf(thief, first), ['products[1].uuid belongs to another organization'])
    const { rows } = await pool.query('select uuid, price from catalogue_product where uuid = any($1::uuid[])', [
      [aUuid(300), aUuid(301)],
    ])
    assert.deepEqual(rows, [{ uuid: aUuid(300), price: 1000n }])
    assert.ok((await importFile(own(5, { products: [aProduct({ uuid: aUuid(300) })] }), second)).ok)
  })

  test('refuses to move a variation to another product, and drops one that its product no longer lists', async () => {
    const variation = { uuid: aUuid(611), type: 'Size', title: 'S' }
    const sized = (uuid: string, variations: (typeof variation)[]) =>
      aProduct({ uuid, variationTypes: [{ name: 'Size' }], variations })
    assert.ok((await importFile(own(6, { products: [sized(aUuid(610), [variation])] }), first)).ok)
    const moved = own(6, { products: [sized(aUuid(612), [variation])] })
    assert.deepEqual(await problemsOf(moved), ['products[0].variations[0].uuid belongs to another product'])
    assert.ok((await importFile(own(6, { products: [sized(aUuid(610), [])] }))).ok)
    assert.equal((await pool.query('select 1 from catalogue_variation where uuid = $1', [aUuid(611)])).rowCount, 0)
  })

  test('never changes an organization’s currency', async () => {
    assert.ok((await importFile(own(7), first)).ok)
    const euros = { organization: { uuid: aUuid(7), title: 'Own', currency: 'EUR' } }
    assert.deepEqual(await problemsOf(euros), ['organization.currency is ISK and cannot change: every price is in it'])
  })

  test('keeps what is sold: no capacity below it, and a start with sales is closed instead of removed', async () => {
    const starting = (...starts: { startsAt: string; capacity: number }[]) =>
      own(8, { products: [aProduct({ uuid: aUuid(800), event: { starts } })] })
    const [one, two] = ['2030-01-01T10:00:00Z', '2030-01-02T10:00:00Z']
    assert.ok(one && two)
    assert.ok((await importFile(starting({ startsAt: one, capacity: 5 }, { startsAt: two, capacity: 5 }), first)).ok)
    await pool.query('update event_capacity set taken = 3 where product_uuid = $1 and starts_at = $2', [
      aUuid(800),
      one,
    ])
    assert.deepEqual(await problemsOf(starting({ startsAt: one, capacity: 2 })), [
      'products[0].event.starts[0].capacity is below the 3 that are sold',
    ])
    const closed = await importFile(starting())
    assert.deepEqual(closed.ok && closed.value.starts, { added: 0, changed: 2, unchanged: 0 })
    const { rows } = await pool.query('select capacity, taken from event_capacity where product_uuid = $1', [
      aUuid(800),
    ])
    assert.deepEqual(rows, [{ capacity: 3, taken: 3 }])
  })

  test('refuses a usage limit below a coupon’s uses', async () => {
    const limited = (usageLimit: number) =>
      own(9, { coupons: [{ uuid: aUuid(900), title: 'C', percent: 5, usageLimit }] })
    assert.ok((await importFile(limited(5), first)).ok)
    await pool.query('update catalogue_coupon set used = 4 where uuid = $1', [aUuid(900)])
    assert.deepEqual(await problemsOf(limited(3)), ['coupons[0].usageLimit is below the 4 uses there were'])
    assert.ok((await importFile(limited(4))).ok)
  })

  test('seals credentials, and keeps them and the bearer key when a later file leaves them out', async () => {
    const instance = anInstance({ uuid: aUuid(1001), acquirer: 'valitor_greidslugatt' })
    const withInstance = (more: object) =>
      own(10, { channels: [{ uuid: aUuid(1002), title: 'Ch' }], instances: [{ ...instance, ...more }] })
    const hash = 'ab'.repeat(32)
    const credentials = { ...valitorCredentials, password: 'canary-4711' }
    const secrets = { credentials, bearerKeySha256: hash }
    assert.ok((await importFile(withInstance(secrets), first)).ok)
    assert.ok((await importFile(withInstance({ ipAllowList: ['192.0.2.0/24'] }))).ok)
    const address = () =>
      findPaymentAddress(pool, { organization: aUuid(10), channel: aUuid(1002), instance: aUuid(1001) })
    const found = (await address())?.instance
    const account = found && (await findAccount(pool, first, found.accountId))
    assert.deepEqual(account?.sealed, seal(JSON.stringify(credentials)))
    assert.deepEqual(found?.bearerKeyHash, Buffer.from(hash, 'hex'))
    assert.deepEqual(found?.ipAllowList, ['192.0.2.0/24'])
    assert.ok((await importFile(withInstance({ bearerKeySha256: null }))).ok)
    assert.equal((await address())?.instance.bearerKeyHash, null)
  })

  test('finds the sandbox’s payment address, and none of parts that do not belong together', async () => {
    assert.ok((await importFile(sandboxCatalogue, first)).ok)
    const uuid = (text: string | undefined) => parseUuid(text ?? '') ?? aUuid(0)
    const path = {
      organization: uuid('3f8b2c1e-9a47-4d6b-8e21-5c7f0a1b2d34'),
      channel: uuid('a1c9e7d2-4b58-4f3a-b6d0-92e8c7f51a60'),
      instance: uuid('5b2e9f04-7c31-4a8d-91f6-d3a0b8c4e275'),
    }
    const address = await findPaymentAddress(pool, path)
    assert.equal(address?.merchantId, first)
    assert.equal(address?.instance.namespace, 'valitor_greidslugatt')
    assert.equal(address?.instance.currency, 'ISK')
    assert.equal(address?.channel.isPos, false)
    assert.ok((await importFile(own(11, { channels: [{ uuid: aUuid(1100), title: 'X' }] }), first)).ok)
    for (const wrong of [
      { organization: aUuid(11) },
      { channel: aUuid(1100) },
      { channel: aUuid(1) },
      { instance: aUuid(1) },
    ])
      assert.equal(await findPaymentAddress(pool, { ...path, ...wrong }), undefined)
  })

  test('says where a file is not JSON, without quoting it', async () => {
    const result = await importCatalogue(pool, { text: '{\n "password": "canary-4711" x', seal })
    assert.ok(!result.ok)
    assert.equal(result.reason[0]?.message, 'is not JSON from line 2, column 28 on')
    assert.doesNotMatch(JSON.stringify(result.reason), /canary/)
    const deep = await importCatalogue(pool, { text: '['.repeat(1_000_000), seal })
    assert.ok(!deep.ok)
  })

  test('lets imports of one merchant wait for each other', async () => {
    const file = own(12, { products: [aProduct({ uuid: aUuid(1200) })], discountRules: [aRule()] })
    const results = await Promise.all(Array.from({ length: 5 }, () => importFile(file, first)))
    assert.equal(results.filter((result) => result.ok && result.value.products?.added === 1).length, 1)
    assert.ok(results.every((result) => result.ok))
  })
})
