import type { CellRow } from '../../db/cell/cells.ts'
import { onNodeOf } from '../../db/wire/placed-url.ts'
import { inSchema } from '../../db/wire/schema-url.ts'
import type { Sealer } from '../shared/seal.ts'

/** The cell that is there without being named: the schema that DATABASE_URL leads to. It keeps the list of cells and their names. */
export const firstCell = 'main'

type Placed = Pick<CellRow, 'name' | 'number' | 'databaseUrl' | 'route'>

/** Where a cell's rows are read and written. Throws when its URL was sealed with another key. */
export function urlOfCell(cell: Placed, firstUrl: string, sealer: () => Sealer): string {
  const url = tablesUrlOfCell(cell, firstUrl, sealer)
  return cell.route === 'node' ? onNodeOf(url, cell.name) : url
}

/** Where a cell's tables are made and changed: in a cluster the coordinator alone may. Throws as `urlOfCell`. */
export function tablesUrlOfCell(
  { name, number, databaseUrl }: Omit<Placed, 'route'>,
  firstUrl: string,
  sealer: () => Sealer,
): string {
  if (number === 0) return firstUrl
  return inSchema(databaseUrl ? sealer().open(databaseUrl) : firstUrl, name)
}
