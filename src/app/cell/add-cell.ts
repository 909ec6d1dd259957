import type pg from 'pg'
import { claimCellNames, listNamesInCell } from '../../db/cell/cell-names.ts'
import { beginMerchantIds, createSchema } from '../../db/cell/cell-schema.ts'
import { type CellRoute, insertCell, listCells, lockCells, routeCell } from '../../db/cell/cells.ts'
import { migrate } from '../../db/migrate/migrate.ts'
import { distributeSchema, isCoordinator } from '../../db/wire/cluster.ts'
import { connectClient } from '../../db/wire/connection.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type Stamping, stampDatabase } from '../shared/database-stamp.ts'
import type { Sealer } from '../shared/seal.ts'
import { isCellName } from './cell-name.ts'
import { firstCell, tablesUrlOfCell } from './cell-url.ts'

export type NewCell = {
  readonly name: string
  /** another PostgreSQL than the first cell's; undefined: beside it */
  readonly databaseUrl: string | undefined
  /** where a cluster places it: how connections reach it; default straight to its node */
  readonly route?: CellRoute
}

export type AddCellParts = {
  /** of the first cell */
  readonly pool: pg.Pool
  readonly firstUrl: string
  readonly sealer: () => Sealer
  readonly stamping: Stamping
}

export type AddCellRefusal = 'name_taken' | 'not_a_name'

/**
 * Makes a cell: its schema with all tables, then its entry in the list. Where its database is the coordinator of a Citus cluster, that places the
 * schema on one of its nodes. What failed half-way is finished by a repeat. Answers the applied migrations. Throws what the database says.
 */
export async function addCell(
  { pool, firstUrl, sealer, stamping }: AddCellParts,
  { name, databaseUrl, route = 'node' }: NewCell,
): Promise<Result<readonly string[], AddCellRefusal>> {
  if (!isCellName(name) || /^(pg_|public$|information_schema$)/.test(name)) return refuse('not_a_name')
  return await keepIfOk(pool, async (client) => {
    await lockCells(client)
    if ((await listCells(client)).length === 0) await nameFirstCell(client)
    const sealed = databaseUrl === undefined ? null : sealer().seal(databaseUrl)
    const number = await insertCell(client, name, sealed)
    if (number === undefined) return refuse('name_taken')
    const url = tablesUrlOfCell({ name, number, databaseUrl: sealed }, firstUrl, sealer)
    const { applied, isPlaced } = await makeSchema(url, { name, number }, stamping)
    if (isPlaced) await routeCell(client, name, route)
    return ok(applied)
  })
}

/** From here on there are several: what the first one has is entered into the directory. */
async function nameFirstCell(client: pg.PoolClient): Promise<void> {
  await insertCell(client, firstCell, null)
  await claimCellNames(client, firstCell, await listNamesInCell(client))
}

async function makeSchema(
  url: string,
  { name, number }: { readonly name: string; readonly number: number },
  stamping: Stamping,
): Promise<{ readonly applied: readonly string[]; readonly isPlaced: boolean }> {
  const client = await connectClient(url, { statementTimeoutMs: 0, applicationName: 'tercet-cell' })
  try {
    await createSchema(client, name)
    const applied = await migrate(client)
    await stampDatabase(client, stamping)
    await beginMerchantIds(client, number)
    const isPlaced = await isCoordinator(client)
    // Only now: some of the first migrations are nothing that a cluster takes for a schema that it places already.
    if (isPlaced) await distributeSchema(client, name)
    return { applied, isPlaced }
  } finally {
    await client.end()
  }
}
