import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '../../kernel/calendar-date.ts'
import { currencyOf, EUR, ISK } from '../../kernel/currency.ts'
import { money } from '../../kernel/money.ts'
import { formatDate, formatMoney } from './format.ts'

/** Formats use spaces that do not break. */
function plain(text: string): string {
  return text.replace(/\s/g, ' ')
}

test('writes money the way the language does', () => {
  assert.equal(formatMoney(money(EUR, 123_456n), 'en-GB'), '€1,234.56')
  assert.equal(plain(formatMoney(money(EUR, 12_345_678n), 'it-IT')), '123.456,78 €')
  const krona = currencyOf('DKK')
  assert(krona)
  assert.equal(plain(formatMoney(money(krona, 5n), 'en-GB')), 'DKK 0.05')
})

test('writes as many decimals as the currency has', () => {
  assert.equal(plain(formatMoney(money(ISK, 4_990n), 'en-GB')), 'ISK 4,990')
})

test('keeps every digit of an amount that a float would round', () => {
  assert.equal(formatMoney(money(EUR, 2n ** 63n - 1n), 'en-GB'), '€92,233,720,368,547,758.07')
})

test('writes dates with the name of the month', () => {
  const date = '2028-02-29' as CalendarDate
  assert.equal(formatDate(date, 'en-GB'), '29 February 2028')
  assert.equal(formatDate(date, 'it-IT'), '29 febbraio 2028')
})
