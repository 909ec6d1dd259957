import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Currency, currencyOf, EUR, exponentOf } from '../../../kernel/currency.ts'
import { decimalOf, money } from '../../../kernel/money.ts'
import { readPrice } from './read-price.ts'

const inEuros: readonly (readonly [string, bigint | undefined])[] = [
  ['200', 20_000n],
  ['90.00', 9_000n],
  ['90,00', 9_000n],
  ['90,5', 9_050n],
  ['€90.00', 9_000n],
  ['90,00 €', 9_000n],
  ['1.234,50 EUR', 123_450n],
  ['EUR 1,234.50', 123_450n],
  ['1 234,50', 123_450n],
  ['1\u00a0234,50\u00a0€', 123_450n],
  ['1\u202f234,50', 123_450n],
  ["1'234.50", 123_450n],
  ['1’234.50', 123_450n],
  ['1.234', 123_400n],
  ['1,234', 123_400n],
  ['1.234.567', 123_456_700n],
  ['12,34,567.80', 123_456_780n],
  ['1.234.567,89', 123_456_789n],
  ['12,-', 1_200n],
  ['12.—', 1_200n],
  ['Price: 49,90 € incl. VAT', 4_990n],
  ['From 10 to 20', 1_000n],
  ['30 12', 3_000n],
  ['  \n 19,99\n ', 1_999n],
  ['EUR 5.', 500n],
  ['', undefined],
  ['sold out', undefined],
  ['0,00', undefined],
  ['-12,00', undefined],
  ['- €12.00', undefined],
  ['USD 12.00', undefined],
  ['12.00 GBP', undefined],
  ['VAT 12.00 EUR', 1_200n],
  ['99999999999999999999', undefined],
]

test('reads prices in all usual forms', () => {
  for (const [text, minor] of inEuros) assert.equal(readPrice(text, EUR), minor, text)
})

test('reads prices of currencies without decimals', () => {
  const yen = currencyOf('JPY') as Currency
  for (const text of ['¥12,345', '12.345 JPY', '12 345', 'JPY 12345', '12345.00'])
    assert.equal(readPrice(text, yen), 12_345n, text)
  assert.equal(readPrice('1.234 kr.', currencyOf('ISK') as Currency), 1_234n)
})

test('believes the separator that the shop names before three digits', () => {
  assert.equal(readPrice('1.234', EUR, '.'), 123n)
  assert.equal(readPrice('1.234', EUR, ','), 123_400n)
  assert.equal(readPrice('12,50', EUR, '.'), 1_250n)
  assert.equal(readPrice('1.234,50', EUR, '.'), 123_450n)
})

test('reads back every price that Intl writes, in any language', () => {
  const locales = fc.constantFrom(
    'en',
    'it',
    'fr',
    'de',
    'es',
    'pt-PT',
    'nl',
    'fi',
    'is',
    'de-CH',
    'en-IN',
    'pl',
    'sv',
    'ja',
  )
  const currencies = fc.constantFrom(
    ...['EUR', 'GBP', 'CHF', 'ISK', 'JPY', 'SEK', 'USD'].map((code) => currencyOf(code) as Currency),
  )
  const displays = fc.constantFrom('symbol' as const, 'code' as const)
  fc.assert(
    fc.property(
      locales,
      currencies,
      displays,
      fc.bigInt(1n, 10n ** 12n),
      (locale, currency, currencyDisplay, minor) => {
        const digits = exponentOf(currency)
        const format = new Intl.NumberFormat(locale, {
          style: 'currency',
          currency,
          currencyDisplay,
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
        })
        const text = format.format(decimalOf(money(currency, minor)) as `${number}`)
        assert.equal(readPrice(text, currency), minor, text)
      },
    ),
  )
})

test('survives any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const minor = readPrice(text, EUR)
      assert(minor === undefined || minor > 0n)
    }),
  )
})
