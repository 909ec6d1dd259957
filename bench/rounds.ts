/** Measures every variant once a round, in turns, so that what else the machine does meets all of them alike. */
export async function inTurns<Name extends string>(
  variants: Readonly<Record<Name, () => Promise<number>>>,
  rounds: number,
): Promise<Readonly<Record<Name, readonly number[]>>> {
  const names = Object.keys(variants) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds; round++) {
    // There and back: whoever is always first or last would have it better or worse.
    const order = round % 2 === 0 ? names : names.toReversed()
    for (const name of order) measured[name].push(await variants[name]())
  }
  return measured
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}

/** The median of the ratios of each round: a disturbance that lasts longer than a round meets both sides of its ratios. */
export function ratioOf(values: readonly number[], others: readonly number[]): number {
  return medianOf(values.map((value, round) => value / (others[round] ?? Number.NaN)))
}

/** Largest to smallest against the median. Above a third, the machine was busy with something else. */
export function spreadOf(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / medianOf(values)
}
