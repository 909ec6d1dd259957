import type { CellRow } from '../../db/cell/cells.ts'
import { inSchema } from '../../db/wire/schema-url.ts'
import type { Sealer } from '../shared/seal.ts'

/** The cell that is there without being named: the schema that DATABASE_URL leads to. It keeps the list of cells and their names. */
export const firstCell = 'main'

/** Where a cell is. Throws when its URL was sealed with another key. */
export function urlOfCell(
  { name, number, databaseUrl }: Pick<CellRow, 'name' | 'number' | 'databaseUrl'>,
  firstUrl: string,
  sealer: () => Sealer,
): string {
  if (number === 0) return firstUrl
  return inSchema(databaseUrl ? sealer().open(databaseUrl) : firstUrl, name)
}
