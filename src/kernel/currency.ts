import type { Brand } from './brand.ts'

/** An ISO 4217 alphabetic code that Tercet knows the exponent of. */
export type Currency = Brand<string, 'Currency'>

/** Minor-unit exponents by ISO 4217 for every currency that one of the three protocols names. */
const exponents: Readonly<Record<string, number>> = {
  AUD: 2,
  BRL: 2,
  CAD: 2,
  CHF: 2,
  CNY: 2,
  DKK: 2,
  EUR: 2,
  GBP: 2,
  HKD: 2,
  INR: 2,
  ISK: 0,
  JPY: 0,
  KRW: 0,
  MXN: 2,
  NGN: 2,
  NOK: 2,
  NZD: 2,
  PLN: 2,
  SEK: 2,
  SGD: 2,
  USD: 2,
}

/** The currency of that exact upper-case code, or undefined when Tercet does not know it. */
export function currencyOf(code: string): Currency | undefined {
  return Object.hasOwn(exponents, code) ? (code as Currency) : undefined
}

/** Every currency that is known here. */
export function listCurrencies(): readonly Currency[] {
  return Object.keys(exponents) as Currency[]
}

/** How many decimal digits the currency's minor unit has: 2 for EUR, 0 for ISK. */
export function exponentOf(currency: Currency): number {
  const exponent = exponents[currency]
  if (exponent === undefined) throw new Error(`unknown currency ${currency}`)
  return exponent
}

export const EUR = 'EUR' as Currency
export const ISK = 'ISK' as Currency
