import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { testDatabase } from '../../../test/support/database.ts'
import { testSealer } from '../../../test/support/protocols/webhooks.ts'
import { findSigningKey, revokeApiKey } from '../../db/merchant/api-keys.ts'
import { findKeyOwner } from '../../db/merchant/merchants.ts'
import { refusalOf } from '../../db/wire/refusal.ts'
import { profiles } from '../../protocols/profiles.ts'
import type { ProtocolProfile } from '../protocol-profile.ts'
import { addMerchant } from './add-merchant.ts'
import { createKey } from './create-key.ts'
import { hashKey } from './hash-key.ts'

const { pool } = await testDatabase()
const added = await addMerchant(pool, {
  name: 'Shop',
  currency: 'EUR',
  feePpm: 0,
  feeTaxPpm: 0,
  products: [{ product: 'later', minimum: 1n, maximum: 2n }],
  maximumOrderExpiryMs: 86_400_000,
  expiryWarningLeadMs: 0,
  timeZone: 'Europe/Rome',
})
assert(added.ok)
const merchant = added.value.terms
const merchantId = merchant.id

function profileOf(protocol: string): ProtocolProfile {
  const profile = profiles.get(protocol)
  assert(profile)
  return profile
}
function made(result: Awaited<ReturnType<typeof createKey>>) {
  assert(result.ok)
  return result.value
}

const neverAsked = () => assert.fail('no sealer is needed')

test('a key opens its merchant, is kept as a hash, and signs from a sealed copy', async () => {
  const request = { merchant, profile: profileOf('scalapay'), kind: 'merchant', mode: 'live' } as const
  const { key, id, last4 } = made(await createKey(pool, () => testSealer, request))
  assert.match(key, /^sp_live_[0-9a-f]{48}$/)
  assert(key.endsWith(last4) && !id.includes(last4.repeat(2)))
  assert.equal((await findKeyOwner(pool, hashKey(key)))?.merchant.id, merchantId)
  const sealed = await findSigningKey(pool, merchantId, 'scalapay')
  assert(sealed)
  assert.equal(testSealer.open(sealed), key)
  const { rows } = await pool.query(`select t::text as row from api_key t where id = $1`, [id])
  assert.doesNotMatch(JSON.stringify(rows), new RegExp(key))
  assert.equal((await revokeApiKey(pool, id))?.id, id)
  assert.equal(await findKeyOwner(pool, hashKey(key)), undefined)
})

test('a key of a shop’s plugin is a bare UUID', async () => {
  const request = { merchant, profile: profileOf('kupay'), kind: 'api_key', mode: 'live' } as const
  const { key } = made(await createKey(pool, () => testSealer, request))
  assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('keys that sign nothing are not kept in a readable form', async () => {
  const prefixes: string[] = []
  for (const [protocol, kind] of [
    ['scalapay', 'device'],
    ['kupay', 'token'],
    ['salescloud', 'admin'],
  ] as const) {
    const { key, id } = made(
      await createKey(pool, neverAsked, {
        merchant,
        profile: profileOf(protocol),
        kind,
        mode: 'sandbox',
      }),
    )
    const { rows } = await pool.query('select sealed from api_key where id = $1', [id])
    assert.equal(rows[0].sealed, null)
    prefixes.push(key.slice(0, 8))
  }
  assert.deepEqual(prefixes, ['sp_test_', 'kp_test_', 'sc_test_'])
})

test('makes no key for a merchant that could never sell by it', async () => {
  const request = {
    merchant: { id: merchantId, currency: 'ISK' },
    profile: profileOf('scalapay'),
    kind: 'merchant',
    mode: 'live',
  } as const
  const result = await createKey(pool, neverAsked, request)
  assert.deepEqual(result, { ok: false, reason: 'amounts of scalapay are in EUR, and this merchant sells in ISK' })
  assert((await createKey(pool, neverAsked, { ...request, profile: profileOf('salescloud'), kind: 'admin' })).ok)
})

test('the database takes neither the key nor the products either, nor another currency', async () => {
  const { id: _, prefix: _prefix, ...input } = merchant
  const made = await addMerchant(pool, { ...input, currency: 'ISK', products: [] })
  assert(made.ok)
  const { id } = made.value.terms
  const key = `insert into api_key (hash, id, merchant_id, kind, protocol, last4)
    values (sha256('k'::bytea), 'key_isk', $1, 'merchant', 'scalapay', 'abcd')`
  const refused = (constraint: string) => (error: unknown) =>
    isDeepStrictEqual(refusalOf(error), { kind: 'refused', constraint })
  await assert.rejects(pool.query(key, [id]), refused('api_key_is_of_its_currency'))
  const product = `insert into merchant_product (merchant_id, product, minimum, maximum) values ($1, 'later', 1, 9)`
  await assert.rejects(pool.query(product, [id]), refused('merchant_product_is_sold_in_its_currency'))
  await assert.rejects(pool.query(`update merchant set currency = 'EUR' where id = $1`, [id]), { code: '23001' })
})
