import { assert } from './assert.ts'
import type { Brand } from './brand.ts'

/**
 * An amount of a token, counted in its smallest unit, as its contract counts it: up to 256 bits, stored as `numeric(78)`. It has no currency,
 * is never negative, never passes through a float, and is never taken for minor units of a currency.
 */
export type TokenAmount = Brand<bigint, 'TokenAmount'>

/** The most that one transfer can carry. */
export const largestUnits = 2n ** 256n - 1n

const mostStored = 10n ** 78n - 1n

/** Where an amount comes in: from the chain, the database, a computed price. Throws for what its column could not hold. */
export function tokenAmount(units: bigint): TokenAmount {
  assert(units >= 0n && units <= mostStored, 'an amount of a token')
  return units as TokenAmount
}

export const noUnits = tokenAmount(0n)

export function addUnits(left: TokenAmount, right: TokenAmount): TokenAmount {
  return tokenAmount(left + right)
}

/** What is left of `whole`. Throws when `part` is more than that. */
export function subtractUnits(whole: TokenAmount, part: TokenAmount): TokenAmount {
  return tokenAmount(whole - part)
}

const decimalText = /^(\d{1,78})(?:\.(\d{1,78}))?$/

/** `1.5` with 6 decimals is 1500000n. Undefined when the text is not a plain decimal, is finer than the unit, or is beyond 256 bits. */
export function unitsFromDecimal(text: string, decimals: number): TokenAmount | undefined {
  const match = decimalText.exec(text)
  if (!match) return undefined
  const [, whole = '', fraction = ''] = match
  const kept = fraction.replace(/0+$/, '')
  if (kept.length > decimals) return undefined
  const units = BigInt(whole + kept.padEnd(decimals, '0'))
  return units <= largestUnits ? tokenAmount(units) : undefined
}

/** All digits and no more: 1500000n with 6 decimals is `1.5`. */
export function decimalOfUnits(units: TokenAmount, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}
