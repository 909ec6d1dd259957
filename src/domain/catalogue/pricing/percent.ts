/** A percentage in hundredths: 1250 is 12.5 %. The finest a till or an administrator may give. */
const wholeInHundredths = 10_000

/**
 * `12.5` as 1250; undefined below 0, above 100, or finer than two decimals. Reads the number's shortest decimal text, so
 * that no binary remainder of 12.34 takes part in any sum.
 */
export function percentHundredths(percent: number): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(String(percent))
  if (!match) return undefined
  const [, whole = '', fraction = ''] = match
  const hundredths = Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
  return hundredths <= wholeInHundredths ? hundredths : undefined
}

/** That part of a non-negative amount divided by `parts`, a half rounded up once: a discount's half króna goes to the shopper. */
export function shareHalfUp(amount: bigint, hundredths: number, parts = 1n): bigint {
  return divideHalfUp(amount * BigInt(hundredths), BigInt(wholeInHundredths) * parts)
}

export function divideHalfUp(amount: bigint, parts: bigint): bigint {
  return (amount * 2n + parts) / (parts * 2n)
}
