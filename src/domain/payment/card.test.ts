import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { aCard } from '../../../test/support/payments/factories.ts'
import { hasCheckDigit, instrumentOf } from './card.ts'

for (const [number, brand] of [
  ['4242424242424242', 'visa'],
  ['5555555555554444', 'mastercard'],
  ['2221000000000009', 'mastercard'],
  ['2720990000000007', 'mastercard'],
  ['2220990000000000', 'other'],
  ['2721000000000000', 'other'],
  ['5600000000000000', 'other'],
  ['123456789', 'other'],
] as const) {
  test(`knows ${number} as ${brand} and keeps its last four digits`, () => {
    const card = aCard({ number, expiryMonth: 7, expiryYear: 2031 })
    const last4 = number.slice(-4)
    assert.deepEqual(instrumentOf(card), { kind: 'card', brand, last4, expiryMonth: 7, expiryYear: 2031 })
    assert(!inspect(card).includes(number))
  })
}

test('a check digit is broken by any one digit that is mistyped', () => {
  assert(hasCheckDigit('4242424242424242') && hasCheckDigit('378282246310005'))
  for (let at = 0; at < 16; at++)
    for (const digit of '013456789') {
      const typed = `4242424242424242`.slice(0, at) + digit + '4242424242424242'.slice(at + 1)
      assert.equal(hasCheckDigit(typed), typed === '4242424242424242', typed)
    }
  for (const none of ['', '4242 4242', 'x']) assert.equal(hasCheckDigit(none), false)
})
