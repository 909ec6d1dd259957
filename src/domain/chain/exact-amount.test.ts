import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Currency, exponentOf } from '../../kernel/currency.ts'
import { addUnits, decimalOfUnits, noUnits, tokenAmount } from '../../kernel/token-amount.ts'
import { firstExactAmount, freeExactAmount, minorOf, mostSteps, unitsFor } from './exact-amount.ts'
import { type Price, parsePrice, priceScale } from './price.ts'

const USD = 'USD' as Currency

test('one dollar at 19.58 is 0.05107252 of the coin, rounded up to what is shown', () => {
  const { units, step } = firstExactAmount(100n, USD, parsePrice('19.58') as Price, 18)
  assert.equal(decimalOfUnits(units, 18), '0.05107253')
  assert.equal(step, 10n ** 10n)
})

test('a dollar token is told apart by its sixth decimal, with six decimals and with eighteen', () => {
  for (const decimals of [6, 18]) {
    const { units, step } = firstExactAmount(12_345n, USD, priceScale as Price, decimals)
    assert.deepEqual([decimalOfUnits(units, decimals), decimalOfUnits(step, decimals)], ['123.45', '0.000001'])
  }
})

test('a currency without minor units is asked for in whole ones', () => {
  const { units } = firstExactAmount(1_500n, 'JPY' as Currency, parsePrice('149.5') as Price, 18)
  assert.equal(decimalOfUnits(units, 18), '10.0334449')
})

const currencies = fc.constantFrom('USD', 'EUR', 'JPY', 'KRW', 'NGN').map((code) => code as Currency)
const prices = fc.bigInt(10n ** 14n, 10n ** 24n).map((price) => price as Price)
const decimals = fc.constantFrom(6, 8, 18)

test('an exact amount is never worth less than was asked for, and barely more', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 12n), currencies, prices, decimals, (minor, currency, price, places) => {
      const { units, step } = firstExactAmount(minor, currency, price, places)
      const worth = (amount: bigint) => amount * price * 10n ** BigInt(exponentOf(currency))
      const wanted = minor * priceScale * 10n ** BigInt(places)
      assert(worth(units) >= wanted, 'the merchant gets what was asked')
      assert(units - unitsFor(minor, currency, price, places) < step, 'and not a step more')
      assert.equal(units % step, 0n, 'all its digits are shown')
    }),
  )
})

test('all that are told apart by it are worth one minor unit at most, where the token is fine enough', () => {
  fc.assert(
    fc.property(currencies, fc.bigInt(10n ** 14n, 10n ** 20n), (currency, price) => {
      const { step } = firstExactAmount(100n, currency, price as Price, 18)
      const isClamped = step === 10n ** 10n
      assert(isClamped || BigInt(mostSteps) * step <= unitsFor(1n, currency, price as Price, 18))
    }),
  )
})

test('the smallest amount that nobody asks for is taken, and none when all are', () => {
  const [first, step] = [tokenAmount(100n), tokenAmount(10n)]
  assert.equal(freeExactAmount(first, step, new Set([100n, 110n, 130n].map(tokenAmount))), 120n)
  const all = new Set(Array.from({ length: mostSteps + 1 }, (_, k) => tokenAmount(100n + BigInt(k) * 10n)))
  assert.equal(freeExactAmount(first, step, all), undefined)
})

test('parts make up the whole to the minor unit, however it is parted', () => {
  const parts = fc.array(fc.bigInt(1n, 10n ** 18n).map(tokenAmount), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(parts, fc.bigInt(1n, 10n ** 9n), (units, minor) => {
      const asked = { units: units.reduce(addUnits, noUnits), minor }
      let received = noUnits
      let credited = 0n
      for (const each of units) {
        credited += minorOf(addUnits(received, each), asked) - minorOf(received, asked)
        received = addUnits(received, each)
      }
      assert.equal(credited, minor)
    }),
  )
})
