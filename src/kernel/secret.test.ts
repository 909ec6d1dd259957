import assert from 'node:assert/strict'
import { test } from 'node:test'
import { format, inspect } from 'node:util'
import { Secret } from './secret.ts'

const value = '4242424242424242'
const secret = new Secret(value)

test('shows itself only when asked by name', () => assert.equal(secret.reveal(), value))

test('never prints itself, however it is printed', () => {
  const card = { number: secret, nested: [{ secret }], map: new Map([['number', secret]]) }
  const printed = [
    ...[String(secret), `${secret}`, `a${String(secret)}`, JSON.stringify(card), JSON.stringify([secret])],
    ...[inspect(card, { depth: 9, showHidden: true }), inspect(secret, { customInspect: false, showHidden: true })],
    ...[format('%s %o %O %j %d', secret, secret, secret, secret, secret), Object.entries(secret).join()],
    ...[JSON.stringify({ ...secret }), inspect(structuredClone({ ...card, map: null })), Object.keys(secret).join()],
    ...[String(new Error(`bad card ${secret}`)), inspect(Object.getOwnPropertyDescriptors(secret))],
  ]
  for (const text of printed) assert(!text.includes('4242'), text)
  assert.equal(`${secret}`, '[secret]')
  assert.equal(JSON.stringify({ secret }), '{"secret":"[secret]"}')
})
