import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { findMerchant } from '../../db/merchant/merchants.ts'
import { addMerchant, type MerchantInput } from './add-merchant.ts'

const { pool } = await testDatabase()

function anInput(overrides: Partial<MerchantInput> = {}): MerchantInput {
  return {
    name: 'Bókabúð',
    currency: 'EUR',
    feePpm: 29_000,
    feeTaxPpm: 0,
    products: [{ product: 'pay-in-3', minimum: 500n, maximum: 200_000n }],
    maximumOrderExpiryMs: 86_400_000,
    expiryWarningLeadMs: 0,
    timeZone: 'Europe/Lisbon',
    ...overrides,
  }
}

test('adds a merchant under a token prefix of its own', async () => {
  const added = await addMerchant(pool, anInput())
  assert(added.ok)
  assert.deepEqual(await findMerchant(pool, added.value.terms.id), added.value.terms)
  assert.match(added.value.terms.prefix, /^[A-Z][A-Z0-9]{3}$/)
  assert.match(added.value.widgetToken, /^[A-Z0-9]{9}$/)
  const second = await addMerchant(pool, anInput())
  assert(second.ok)
  assert.notEqual(second.value.terms.prefix, added.value.terms.prefix)
})

test('a merchant of another currency than the instalments’ has none of them', async () => {
  const added = await addMerchant(pool, anInput({ currency: 'ISK', products: [] }))
  assert(added.ok)
  const refused = await addMerchant(pool, anInput({ currency: 'ISK' }))
  assert.equal(
    !refused.ok && refused.reason,
    'pay-in-3 can be sold in EUR only: leave them out, or give the merchant EUR',
  )
})

test('refuses with a sentence what the database could not hold or nobody could mean', async () => {
  const product = { product: 'later', minimum: 1n, maximum: 2n }
  const wrong: Partial<MerchantInput>[] = [
    { name: '' },
    { name: ' a' },
    { name: 'a\0b' },
    { name: 'a\x1b[2J' },
    { name: '\ud800' },
    { name: 'a'.repeat(201) },
    { currency: 'XXX' },
    { currency: '__proto__' },
    { feePpm: 1_000_001 },
    { feePpm: -1 },
    { feeTaxPpm: Number.NaN },
    { maximumOrderExpiryMs: 0 },
    { expiryWarningLeadMs: Number.POSITIVE_INFINITY },
    { timeZone: '' },
    { timeZone: 'Europe/Roma' },
    { timeZone: '+01:00' },
    { currency: 'ISK' },
    { currency: 'JPY', products: [product] },
    { products: [product, product] },
    { products: [{ ...product, product: 'Später' }] },
    { products: [{ ...product, minimum: 0n }] },
    { products: [{ ...product, minimum: 3n }] },
    { products: [{ ...product, maximum: 2n ** 63n }] },
  ]
  for (const overrides of wrong) {
    const result = await addMerchant(pool, anInput(overrides))
    assert(!result.ok, Object.keys(overrides).join())
    assert.match(result.reason, /^[^\n]{10,120}$/)
  }
})
