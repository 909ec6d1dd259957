import { readCellSize } from '../../db/cell/cell-schema.ts'
import { CliError } from '../cli-error.ts'
import type { OpenedCell } from '../database/reach-cells.ts'

/** The open cell with the fewest bytes: where a new merchant goes that nobody has placed. One that is away is passed over. */
export async function smallestOpenCell(cells: readonly OpenedCell[]): Promise<string> {
  const sizes = await Promise.all(
    cells
      .filter(({ row }) => row.isOpen)
      .map(async ({ row, pool }) => ({ name: row.name, size: await readCellSize(pool).catch(() => undefined) })),
  )
  const known = sizes.flatMap(({ name, size }) => (size ? [{ name, bytes: size.bytes }] : []))
  const [smallest] = known.toSorted((a, b) => (a.bytes < b.bytes ? -1 : a.bytes > b.bytes ? 1 : 0))
  if (!smallest) throw new CliError('no cell takes new merchants: tercet cells open, or name one')
  return smallest.name
}
