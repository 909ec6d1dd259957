/** What is left of a line's price, and over how many units. */
export type UnitsLeft = { readonly index: number; readonly quantity: number; readonly remaining: bigint }

/**
 * Of every three units among those lines, the ones that cost least after what was taken off before: line index to how many of its
 * units are discounted. Equal prices go by the order of the lines.
 */
export function unitsOfThreeForTwo(lines: readonly UnitsLeft[]): ReadonlyMap<number, number> {
  let free = Math.floor(lines.reduce((sum, line) => sum + line.quantity, 0) / 3)
  const units = new Map<number, number>()
  for (const { index, quantity } of [...lines].sort(byUnitPrice)) {
    const taken = Math.min(quantity, free)
    free -= taken
    units.set(index, taken)
  }
  return units
}

/** Compared crosswise: a line's price need not divide by its units. */
function byUnitPrice(left: UnitsLeft, right: UnitsLeft): number {
  const difference = left.remaining * BigInt(right.quantity) - right.remaining * BigInt(left.quantity)
  if (difference !== 0n) return difference < 0n ? -1 : 1
  return left.index - right.index
}
