import { assert } from './assert.ts'
import { type Currency, exponentOf } from './currency.ts'

/** An amount in the currency's minor unit: `{ EUR, 1999n }` is 19.99 euros. May be negative; each use says if it may. */
export type Money = { readonly currency: Currency; readonly minor: bigint }

export function money(currency: Currency, minor: bigint): Money {
  return { currency, minor }
}

/** `numerator / denominator` to the nearest integer, a half to the even neighbour: fees, where no side may drift. */
export function roundHalfEven(numerator: bigint, denominator: bigint): bigint {
  assert(numerator >= 0n && denominator > 0n, 'a fraction of nothing negative')
  const quotient = numerator / denominator
  const twice = (numerator % denominator) * 2n
  if (twice < denominator) return quotient
  if (twice > denominator) return quotient + 1n
  return quotient % 2n === 0n ? quotient : quotient + 1n
}

/** `amount` times a rate in parts per million (50_000 is 5 %), rounded half to even. */
export function atRate(amount: bigint, ppm: number): bigint {
  return roundHalfEven(amount * BigInt(ppm), 1_000_000n)
}

/** An integer of minor units as a plain decimal: `1999n` of EUR is `19.99`, `1000n` of ISK is `1000`. */
export function decimalOf(amount: Money): string {
  const exponent = exponentOf(amount.currency)
  const sign = amount.minor < 0n ? '-' : ''
  const digits = (amount.minor < 0n ? -amount.minor : amount.minor).toString().padStart(exponent + 1, '0')
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/** What a PostgreSQL bigint holds: beyond it an amount could be compared, but never stored. */
const largestMinor = 2n ** 63n - 1n

/** Bounds every part, so that the longest text and the largest exponent stay cheap. */
const decimalText = /^([+-]?)(\d{1,20})?(?:\.(\d{1,40})?)?(?:[eE]([+-]?\d{1,2}))?$/

/**
 * The minor units a decimal text means, rounded half up (away from zero) where it is finer than the currency.
 * Reads the characters, never a binary float: `17.309999999999988` EUR is 1731n, `1e2` EUR is 10000n.
 * Undefined when the text is not a decimal number, or means more than the ledger's 64 bits can hold.
 */
export function minorFromDecimal(text: string, currency: Currency): bigint | undefined {
  const match = decimalText.exec(text)
  if (!match) return undefined
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const digits = BigInt(whole + fraction)
  const shift = Number(power) + exponentOf(currency) - fraction.length
  const minor = shift >= 0 ? digits * 10n ** BigInt(shift) : roundHalfUp(digits, 10n ** BigInt(-shift))
  if (minor > largestMinor) return undefined
  return sign === '-' ? -minor : minor
}

function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator * 2n + denominator) / (denominator * 2n)
}
