import type pg from 'pg'
import { type CellName, claimCellNames, findCellsOfNames } from '../../db/cell/cell-names.ts'
import { countArrivals } from '../../db/cell/move/merchant-moves.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** Which cell a name leads to. */
export type CellDirectory = {
  /**
   * The cell of the first of these names that is anybody's; undefined when none is. An answer is kept in this process, so that a name is
   * asked about once in a while and goes on to be known while the directory's database is away. Throws `Unavailable` when it is away and none
   * of the names is known.
   */
  readonly cellOf: (names: readonly CellName[]) => string | undefined | Promise<string | undefined>
  /** Forgets what was kept when a merchant has moved since it was asked last: its names lead elsewhere now. Throws what the database says. */
  readonly followMoves: () => Promise<void>
}

/** Takes names for a cell before they are used there; false when one of them is another cell's. */
export type ClaimNames = (names: readonly CellName[]) => Promise<boolean>

/** Where there is one cell, every name is its own. */
export const claimNothing: ClaimNames = () => Promise.resolve(true)

export function createClaimNames(pool: pg.Pool, cell: string): ClaimNames {
  return async (names) => (await outageAsUnavailable(claimCellNames(pool, cell, names))).length === 0
}

/** About 200 bytes each. Beyond it all are asked about once more. */
const mostKept = 100_000

export function createCellDirectory(pool: Pick<pg.Pool, 'query'>): CellDirectory {
  const kept = new Map<string, Answer>()
  let arrivalsKnown: bigint | undefined
  let clearings = 0

  function clear(): void {
    kept.clear()
    clearings += 1
  }

  async function lookUp(names: readonly CellName[]): Promise<string | undefined> {
    const before = clearings
    const found = await outageAsUnavailable(findCellsOfNames(pool, names))
    // A merchant has moved meanwhile: this may be what was true before.
    if (clearings !== before) return cellAmong(names, found)
    if (kept.size + names.length > mostKept) clear()
    const nobodysUntil = performance.now() + nobodysMs
    for (const name of names) kept.set(textOf(name), { cell: undefined, until: nobodysUntil })
    for (const each of found) kept.set(textOf(each), { cell: each.cell, until: Number.POSITIVE_INFINITY })
    return cellAmong(names, found)
  }

  return {
    cellOf: (names) => {
      for (const name of names) {
        const answer = kept.get(textOf(name))
        // A name that is not known may be another cell's: the ones behind it must not decide.
        if (answer === undefined || answer.until <= performance.now()) return lookUp(names)
        if (answer.cell !== undefined) return answer.cell
      }
      return undefined
    },
    followMoves: async () => {
      const arrivals = await countArrivals(pool)
      if (arrivals !== arrivalsKnown) clear()
      arrivalsKnown = arrivals
    },
  }
}

function cellAmong(names: readonly CellName[], found: readonly (CellName & { cell: string })[]): string | undefined {
  const cells = new Map(found.map((each) => [textOf(each), each.cell]))
  return names.map((name) => cells.get(textOf(name))).find((cell) => cell !== undefined)
}

type Answer = { readonly cell: string | undefined; readonly until: number }

/** How long nobody is asked again about a name that was nobody's: a new key opens something within this. */
const nobodysMs = 1_000

function textOf({ kind, name }: CellName): string {
  return `${kind}:${name}`
}
