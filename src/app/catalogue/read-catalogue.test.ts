import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant } from '../../../test/support/payments/engine.ts'
import { aFile, aProduct, aUuid } from '../../../test/support/protocols/catalogue.ts'
import { catalogueFiles } from '../../../test/support/protocols/catalogue-files.ts'
import type { CatalogueFile } from '../../domain/catalogue/file/file-schema.ts'
import { readCatalogueFile } from '../../domain/catalogue/file/read-catalogue-file.ts'
import { sandboxCatalogue } from '../../domain/catalogue/file/sandbox-catalogue.ts'
import type { Catalogue } from '../../domain/catalogue/model/catalogue.ts'
import { parseUuid } from '../../domain/catalogue/model/uuid.ts'
import { importCatalogue } from './import-catalogue.ts'
import { readCatalogue } from './read-catalogue.ts'

const { pool } = await testDatabase()
const { id: first } = await addMerchant(pool)

async function importText(text: string, merchantId = first) {
  const imported = await importCatalogue(pool, { text, merchantId, seal: (plain) => Buffer.from(plain) })
  assert.ok(imported.ok, JSON.stringify(imported))
  return imported.value
}

async function readText(uuid: string, merchantId = first): Promise<string> {
  const organization = parseUuid(uuid)
  assert.ok(organization)
  const read = await readCatalogue(pool, { merchantId, organization })
  assert.ok(read.ok && read.value !== undefined)
  return read.value
}

/** What a file means: defaults filled in, lists in the order of their ids, and no secrets. */
function meaningOf(file: unknown): Catalogue {
  const read = readCatalogueFile(file)
  assert.ok(read.ok, inspect(read))
  const { organization, discountRules, ...lists } = read.value
  const byUuid = <T extends { uuid: string }>(entities: readonly T[]) =>
    entities.toSorted((one, other) => (one.uuid < other.uuid ? -1 : 1))
  return {
    organization,
    discountRules: discountRules.toSorted((one, other) => (one.machineName < other.machineName ? -1 : 1)),
    channels: byUuid(lists.channels),
    instances: byUuid(lists.instances).map((each) => ({ ...each, credentials: undefined, bearerKeySha256: undefined })),
    locations: byUuid(lists.locations),
    units: byUuid(lists.units),
    deliveryServices: byUuid(lists.deliveryServices),
    coupons: byUuid(lists.coupons),
    products: byUuid(lists.products).map((product) => ({
      ...product,
      starts: product.starts.toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1)),
    })),
  }
}

async function assertRoundTrip(file: CatalogueFile, merchantId = first): Promise<void> {
  await importText(JSON.stringify(file), merchantId)
  const text = await readText(file.organization.uuid, merchantId)
  assert.deepEqual(meaningOf(JSON.parse(text)), meaningOf(file))
  assert.doesNotMatch(text, /canary|abab/)
  const counts = await importText(text, merchantId)
  for (const [name, { added, changed }] of Object.entries(counts)) assert.deepEqual([added, changed], [0, 0], name)
  assert.equal(await readText(file.organization.uuid, merchantId), text)
}

describe('readCatalogue', () => {
  test('gives the sandbox’s catalogue back as it was imported', async () => {
    await assertRoundTrip(sandboxCatalogue)
  })

  test('gives any catalogue back as a file that changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(catalogueFiles(), async (file) => {
        // A merchant and an organization of its own, so that nothing of an earlier file is there.
        const { id } = await addMerchant(pool)
        await assertRoundTrip({ ...file, organization: { ...file.organization, uuid: randomUUID() } }, id)
      }),
      { numRuns: 40 },
    )
  })

  test('writes defaults out, and leaves out what is none', async () => {
    const uuid = aUuid(1)
    await importText(JSON.stringify(aFile({ products: [aProduct()], units: [{ uuid: aUuid(2), title: 'U' }] })))
    const file = JSON.parse(await readText(uuid))
    assert.deepEqual(file.units, [{ uuid: aUuid(2), title: 'U', enabled: true }])
    assert.deepEqual(file.products, [
      {
        ...aProduct(),
        categories: [],
        attributes: [],
        variationTypes: [],
        variations: [],
        enabled: true,
      },
    ])
    assert.deepEqual(file.coupons, [])
  })

  test('keeps a start that was closed after sales closed, through a round trip', async () => {
    const file = (starts: { startsAt: string; capacity: number }[]) =>
      aFile({
        organization: { uuid: aUuid(500), title: 'O', currency: 'ISK' },
        products: [aProduct({ uuid: aUuid(501), event: { starts } })],
      })
    await importText(JSON.stringify(file([{ startsAt: '2035-01-01T10:00:00Z', capacity: 9 }])))
    await pool.query('update event_capacity set taken = 4 where product_uuid = $1', [aUuid(501)])
    await importText(JSON.stringify(file([])))
    const text = await readText(aUuid(500))
    assert.deepEqual(JSON.parse(text).products[0].event.starts, [{ startsAt: '2035-01-01T10:00:00.000Z', capacity: 4 }])
    assert.deepEqual((await importText(text)).starts, { added: 0, changed: 0, unchanged: 1 })
  })

  test('says how large a catalogue is that is too large, variations and starts included', async () => {
    const key = { merchantId: first, organization: aUuid(500) }
    assert.deepEqual(await readCatalogue(pool, { ...key, mostParts: 1 }), { ok: false, reason: { parts: 2 } })
    assert.ok((await readCatalogue(pool, { ...key, mostParts: 2 })).ok)
  })

  test('knows no organization of another merchant', async () => {
    const other = await addMerchant(pool)
    assert.deepEqual(await readCatalogue(pool, { merchantId: other.id, organization: aUuid(500) }), {
      ok: true,
      value: undefined,
    })
  })
})
