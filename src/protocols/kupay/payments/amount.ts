import { type Currency, currencyOf, exponentOf } from '../../../kernel/currency.ts'
import { decimalOf, minorFromDecimal } from '../../../kernel/money.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'

/** What may be asked for (kupay.md 2.2). */
export const currencies = [
  'USD',
  'EUR',
  'JPY',
  'GBP',
  'AUD',
  'CAD',
  'CHF',
  'CNY',
  'HKD',
  'NZD',
  'SEK',
  'KRW',
  'SGD',
  'NOK',
  'MXN',
  'INR',
  'BRL',
  'NGN',
] as const

export function readCurrency(value: unknown): Currency | undefined {
  const code = currencies.find((each) => each === value)
  return code && currencyOf(code)
}

/** Twelve digits before the point: more is nobody's order, and stays exact in any client's number. */
const plainDecimal = /^(\d{1,12})(?:\.(\d{1,20}))?$/

/** What a sum of binary floats leaves behind the last digit that means anything: `0.30000000000000004`. */
const floatNoise = /^(0{6,}|9{6,})\d*$/

/** Minor units of a plain decimal text, never through a float. Digits that the currency does not have must mean nothing. */
export function readAmount(value: unknown, currency: Currency): Result<bigint, string> {
  const match = typeof value === 'string' ? plainDecimal.exec(value) : null
  if (!match) return refuse('The amount must be a plain decimal number, like 123.45.')
  const beyond = (match[2] ?? '').slice(exponentOf(currency))
  if (!/^0*$/.test(beyond) && !floatNoise.test(beyond)) {
    return refuse(`An amount in ${currency} has ${exponentOf(currency)} decimals at most.`)
  }
  const minor = minorFromDecimal(match[0], currency)
  return minor === undefined || minor <= 0n ? refuse('The amount must be more than zero.') : ok(minor)
}

/** The amount as the JSON number that a client would print: no zeros at its end. */
export function numberText(currency: Currency, minor: bigint): string {
  const text = decimalOf({ currency, minor })
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
