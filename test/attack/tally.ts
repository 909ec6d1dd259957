import { appendFileSync } from 'node:fs'

/** What happened in an attack, counted; and what should not have happened, kept with all that is needed to trace it. */
export type Tally = {
  readonly count: (what: string, by?: number) => void
  /** Keeps a measurement, such as milliseconds; the table shows its median, 99th percentile and longest. */
  readonly measure: (what: string, value: number) => void
  /** Something nobody expects. The first of each kind are written to the file, a JSON text a line. */
  readonly surprise: (what: string, detail: unknown) => void
  readonly surprises: () => number
  /** the table, as Markdown */
  readonly print: () => string
}

const keptOfAKind = 40

export function createTally(file: string): Tally {
  const counts = new Map<string, number>()
  const values = new Map<string, number[]>()
  const surprises = new Map<string, number>()
  const add = (map: Map<string, number>, what: string, by = 1) => map.set(what, (map.get(what) ?? 0) + by)
  return {
    count: (what, by) => void add(counts, what, by),
    measure: (what, value) => {
      const known = values.get(what)
      if (known) known.push(value)
      else values.set(what, [value])
    },
    surprise: (what, detail) => {
      add(surprises, what)
      if ((surprises.get(what) ?? 0) > keptOfAKind) return
      appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), what, detail }, shortened)}\n`)
    },
    surprises: () => sum(surprises.values()),
    print: () =>
      [
        ...table('what', 'how often', [...counts].toSorted(byName)),
        ...table(
          'measured',
          'median / 99 % / longest',
          [...values].toSorted(byName).map(([what, all]) => [`${what} (${all.length})`, spreadOf(all)]),
        ),
        ...table('surprises', 'how often', [...surprises].toSorted(byName)),
      ].join('\n'),
  }
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one.localeCompare(other)
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0)
}

function spreadOf(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  return `${at(0.5)} / ${at(0.99)} / ${at(1)}`
}

function table(left: string, right: string, rows: readonly (readonly [string, unknown])[]): readonly string[] {
  if (rows.length === 0) return []
  return [`| ${left} | ${right} |`, '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`), '']
}

/** A body of 256 KB is named, not kept. */
function shortened(_: string, value: unknown): unknown {
  return typeof value === 'string' && value.length > 3_000 ? `${value.slice(0, 3_000)}... (${value.length})` : value
}
