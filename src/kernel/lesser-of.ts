/** The lesser of two whole numbers: amounts in minor units, blocks, what `Math.min` is for numbers. */
export function lesserOf(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}
