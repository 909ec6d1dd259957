import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashKey } from '../../app/merchant/hash-key.ts'
import { cellAskedFor, namesOfRequest } from './names-of-request.ts'

const named = (url: string, headers = {}) => namesOfRequest({ url, headers }).map(({ kind, name }) => `${kind} ${name}`)
const hash = (key: string) => hashKey(key).toString('hex')
const organization = '3F8B2C1E-9a47-4d6b-8e21-5c7f0a1b2d34'

test('finds the names in a head, the key first', () => {
  const authorization = 'Bearer sp_test_key'
  assert.deepEqual(named('/v2/orders/ABCD23456789', { authorization }), [`key ${hash('sp_test_key')}`, 'prefix ABCD'])
  assert.deepEqual(named('/checkout?token=ABCD23456789'), ['prefix ABCD'])
  assert.deepEqual(named('/widget/v5/merchants/8KDS3SPEL'), ['widget 8KDS3SPEL'])
  assert.deepEqual(named('/pay/17/x'), ['merchant 17'])
  assert.deepEqual(named(`/v/1/${organization}`), [
    `organization ${organization.toLowerCase()}`,
    `key ${hash(organization)}`,
  ])
  assert.deepEqual(named('/portal/orders/2024'), [])
})

test('reads no more than a few parts of an address', () => {
  assert.deepEqual(named(`/${'x/'.repeat(5_000)}ABCD23456789`), [])
})

test('a visitor asks for a cell in the address, or by the cookie', () => {
  const headers = { cookie: 'a=b; tercet_cell=c3; c=d' }
  assert.equal(cellAskedFor({ url: '/portal', headers }), 'c3')
  assert.equal(cellAskedFor({ url: '/portal?x=1&cell=c2', headers }), 'c2')
  assert.equal(cellAskedFor({ url: '/portal?cell=C2', headers: {} }), undefined)
})
