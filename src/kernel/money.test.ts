import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Currency, currencyOf, EUR, exponentOf, ISK } from './currency.ts'
import { atRate, decimalOf, minorFromDecimal, money, roundHalfEven } from './money.ts'

const codes = 'AUD BRL CAD CHF CNY DKK EUR GBP HKD INR ISK JPY KRW MXN NGN NOK NZD PLN SEK SGD USD'.split(' ')

function currency(code: string): Currency {
  const found = currencyOf(code)
  assert(found !== undefined, code)
  return found
}

test('rounds a half to the even neighbour', () => {
  const halves = [1n, 3n, 5n, 7n].map((numerator) => roundHalfEven(numerator, 2n))
  assert.deepEqual(halves, [0n, 2n, 2n, 4n])
  assert.equal(roundHalfEven(2_499n, 1_000n), 2n)
  assert.equal(roundHalfEven(2_501n, 1_000n), 3n)
})

test('refuses to round what is negative or divided by nothing', () => {
  assert.throws(() => roundHalfEven(-1n, 2n), /assertion failed/)
  assert.throws(() => roundHalfEven(1n, 0n), /assertion failed/)
})

test('takes a rate in parts per million', () => {
  assert.equal(atRate(10_000n, 50_000), 500n)
  assert.equal(atRate(50n, 50_000), 2n)
  assert.equal(atRate(70n, 50_000), 4n)
  assert.equal(atRate(123n, 0), 0n)
})

test('prints minor units as a decimal of the currency', () => {
  const printed = [1999n, 5n, 0n, -5n, -1999n, 100_000n].map((minor) => decimalOf(money(EUR, minor)))
  assert.deepEqual(printed, ['19.99', '0.05', '0.00', '-0.05', '-19.99', '1000.00'])
  assert.equal(decimalOf(money(ISK, 1000n)), '1000')
  assert.equal(decimalOf(money(ISK, -1n)), '-1')
})

for (const [text, minor] of [
  ['100', 10_000n],
  ['7.5', 750n],
  ['30.00', 3_000n],
  ['20.168', 2_017n],
  ['17.309999999999988', 1_731n],
  ['0.005', 1n],
  ['0.0049999', 0n],
  ['-0.005', -1n],
  ['+1.1', 110n],
  ['1e2', 10_000n],
  ['1.5E-1', 15n],
  ['1e-99', 0n],
  ['.5', 50n],
  ['5.', 500n],
  ['007', 700n],
  ['-0', 0n],
  ['92233720368547758.07', 2n ** 63n - 1n],
] as const) {
  test(`reads ${text} as ${minor} cents`, () => assert.equal(minorFromDecimal(text, EUR), minor))
}

for (const text of [
  ...['', '.', '-', '+.', 'e2', '.e1', '1,5', '1 000', ' 1', '1 ', '1\n', '1\u0000', '--1', '1.2.3', '1e', '1e1.5'],
  ...['0x10', 'NaN', 'Infinity', '१२', '\uD800', '__proto__', '1_000', '1n', '92233720368547758.08', '-1e20', '1e99'],
]) {
  test(`refuses ${JSON.stringify(text)}`, () => assert.equal(minorFromDecimal(text, EUR), undefined))
}

test('refuses absurd lengths and exponents before they cost anything', () => {
  const absurd = ['9'.repeat(1_000_000), `1.${'0'.repeat(1_000_000)}`, '1e999999999', `1e${'9'.repeat(100_000)}`]
  for (const text of absurd) assert.equal(minorFromDecimal(text, EUR), undefined)
})

test('reads a currency without decimals in whole units, half up', () => {
  assert.equal(minorFromDecimal('1000', ISK), 1000n)
  assert.equal(minorFromDecimal('1000.5', ISK), 1001n)
  assert.equal(minorFromDecimal('1000.4', ISK), 1000n)
})

test('reads back what it printed, in every currency', () => {
  for (const code of codes) {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n) + 1n, 2n ** 63n - 1n), (minor) => {
        assert.equal(minorFromDecimal(decimalOf(money(currency(code), minor)), currency(code)), minor)
      }),
    )
  }
})

test('knows currencies by their exact code only', () => {
  for (const code of ['eur', 'EURO', '', 'XXX', '__proto__', 'constructor', 'toString', 'EUR\u0000']) {
    assert.equal(currencyOf(code), undefined)
  }
  assert.deepEqual(
    codes.filter((code) => exponentOf(currency(code)) === 0),
    ['ISK', 'JPY', 'KRW'],
  )
})
