/**
 * Amounts of a token are counted in its smallest unit, as its contract counts them: a bigint of up to 256 bits, stored as `numeric(78)`.
 * They have no currency, and never pass through a float. These are their decimal texts.
 */
export const largestUnits = 2n ** 256n - 1n

const decimalText = /^(\d{1,78})(?:\.(\d{1,78}))?$/

/** `1.5` with 6 decimals is 1500000n. Undefined when the text is not a plain decimal, is finer than the unit, or is beyond 256 bits. */
export function unitsFromDecimal(text: string, decimals: number): bigint | undefined {
  const match = decimalText.exec(text)
  if (!match) return undefined
  const [, whole = '', fraction = ''] = match
  const kept = fraction.replace(/0+$/, '')
  if (kept.length > decimals) return undefined
  const units = BigInt(whole + kept.padEnd(decimals, '0'))
  return units <= largestUnits ? units : undefined
}

/** All digits and no more: 1500000n with 6 decimals is `1.5`. */
export function decimalOfUnits(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}
