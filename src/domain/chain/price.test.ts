import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Price, parsePrice, withSpread } from './price.ts'

const prices = fc.bigInt({ min: 1n, max: 10n ** 40n }).map((price) => price as Price)
const spreads = fc.integer({ min: 0, max: 1_000_000 })

test('a spread lowers the price by its share, to the merchant’s side, and never to nothing', () => {
  assert.equal(withSpread(parsePrice('2') as Price, 15_000), parsePrice('1.97'))
  assert.equal(withSpread(7n as Price, 500_000), 3n)
  fc.assert(
    fc.property(prices, spreads, (price, spread) => {
      const lowered = withSpread(price, spread)
      assert(lowered >= 1n && lowered <= price)
      assert(lowered === 1n || lowered * 1_000_000n <= price * BigInt(1_000_000 - spread))
      assert((lowered + 1n) * 1_000_000n > price * BigInt(1_000_000 - spread))
    }),
  )
})

test('no spread leaves the price as it is', () => {
  fc.assert(fc.property(prices, (price) => assert.equal(withSpread(price, 0), price)))
})
