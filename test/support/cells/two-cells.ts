import type { CellAddress } from '../../../src/app/cell/move/move-sessions.ts'
import { createSealer } from '../../../src/app/shared/seal.ts'
import { claimCellNames, listNamesInCell } from '../../../src/db/cell/cell-names.ts'
import { insertCell } from '../../../src/db/cell/cells.ts'
import { movedTables } from '../../../src/db/cell/move/moved-tables.ts'
import type { MerchantId } from '../../../src/kernel/ids.ts'
import { addFixtures } from '../../../src/main/fixtures.ts'
import type { CellDatabases, TestDatabase } from '../database.ts'

/** The sandbox's merchants in the near one of two cells, as if they had been added by hand; the far one knows the same chains. All are migrated before. */
export async function fillTwoCells({ first, near, far }: CellDatabases): Promise<CellAddress[]> {
  await addFixtures(near.pool, createSealer(Buffer.alloc(32, 7)))
  await near.pool.query('update merchant set is_fixture = false')
  for (const table of ['chain', 'chain_token']) {
    const { rows } = await near.pool.query<{ row: string }>(`select r::text as row from ${table} r`)
    await far.pool.query(`insert into ${table} select r.* from unnest($1::text[]::${table}[]) r`, [
      rows.map(({ row }) => row),
    ])
  }
  const cells = [
    ...(first === near ? [] : [{ name: 'first', url: first.url, pool: first.pool }]),
    { name: 'near', url: near.url, pool: near.pool },
    { name: 'far', url: far.url, pool: far.pool },
  ]
  for (const { name } of cells) await insertCell(first.pool, name, null)
  await claimCellNames(first.pool, 'near', await listNamesInCell(near.pool))
  return cells
}

/** Every row of a merchant as text, by table: what has to be the same on both sides of a move. */
export async function rowsOfMerchant(
  { pool }: Pick<TestDatabase, 'pool'>,
  id: MerchantId,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const { table, owner } of movedTables) {
    const { rows } = await pool.query<{ row: string }>(`select r::text as row from ${table} r where ${owner} = $1`, [
      id,
    ])
    if (rows.length > 0) found.set(table, rows.map(({ row }) => row).sort())
  }
  return found
}
