import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Currency, currencyOf, EUR, exponentOf, ISK } from '../../../kernel/currency.ts'
import { money } from '../../../kernel/money.ts'
import { amountFromWire, amountOnWire } from './amount.ts'

const currencies = ['ISK', 'JPY', 'KRW', 'EUR', 'USD', 'GBP', 'DKK', 'NOK', 'SEK', 'CHF', 'PLN', 'BRL'] as const

function currency(code: string): Currency {
  const known = currencyOf(code)
  assert.ok(known !== undefined, code)
  return known
}

test('writes 100 krónur as 100 and 100.50 euros as 100,50', () => {
  assert.equal(amountOnWire(money(ISK, 100n)), '100')
  assert.equal(amountOnWire(money(EUR, 10050n)), '100,50')
  assert.equal(amountOnWire(money(EUR, 5n)), '0,05')
})

test('reads every amount of every currency back as it was written, with as many decimals as the currency has', () => {
  fc.assert(
    fc.property(fc.constantFrom(...currencies), fc.bigInt({ min: 1n, max: 999_999_999_999n }), (code, minor) => {
      const wire = amountOnWire(money(currency(code), minor))
      assert.equal(wire.split(',')[1]?.length ?? 0, exponentOf(currency(code)))
      assert.equal(amountFromWire(wire, currency(code)), minor)
      assert.equal(amountFromWire(wire.replace(',', '.'), currency(code)), minor)
    }),
  )
})

test('never takes an amount for a hundred times or a hundredth of itself', () => {
  fc.assert(
    fc.property(fc.constantFrom(...currencies), fc.bigInt({ min: 1n, max: 999_999_999n }), (code, units) => {
      const minor = units * 10n ** BigInt(exponentOf(currency(code)))
      assert.equal(amountFromWire(units.toString(), currency(code)), minor)
      assert.equal(amountFromWire(`${units},00`, currency(code)), minor)
    }),
  )
})

test('reads nothing from a text that is not an amount of the currency', () => {
  for (const text of ['', '-1', '1,005', '1e3', '1.000,00', ' 1', '1 ', 'NaN', '１', '1,', ',5', '9'.repeat(40)]) {
    assert.equal(amountFromWire(text, EUR), undefined, JSON.stringify(text))
  }
  assert.equal(amountFromWire('100,50', ISK), undefined)
})
