import type { PricedLine } from './priced-order.ts'

/**
 * Of every three units among those lines, the cheapest ones: line index to how many of its units are discounted. Equal prices
 * go by the order of the lines.
 */
export function unitsOfThreeForTwo(
  lines: readonly PricedLine[],
  matching: readonly number[],
): ReadonlyMap<number, number> {
  const byPrice = matching
    .flatMap((index) => {
      const line = lines[index]
      return line ? [{ index, quantity: line.quantity, unitPrice: line.unitPrice }] : []
    })
    .sort((left, right) => Number(left.unitPrice - right.unitPrice) || left.index - right.index)
  let free = Math.floor(byPrice.reduce((sum, line) => sum + line.quantity, 0) / 3)
  const units = new Map<number, number>()
  for (const { index, quantity } of byPrice) {
    const taken = Math.min(quantity, free)
    free -= taken
    units.set(index, taken)
  }
  return units
}
