import type pg from 'pg'
import { movedTables } from '../../../db/cell/move/moved-tables.ts'
import { guardTable, listGuarded, unguardTable } from '../../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { patiently } from './patiently.ts'

/**
 * Lets the database itself refuse writes for the merchant from the moment it is frozen: a trigger on each of its tables, which other merchants'
 * rows do not meet. One table at a time, so that whoever writes is held up for a moment at most. Throws when a table is written without an end. On the connection
 * for changes of tables.
 */
export async function guardMerchant(tables: pg.Client, merchantId: MerchantId): Promise<void> {
  const guarded = await listGuarded(tables, merchantId)
  for (const { table } of movedTables)
    if (!guarded.includes(table)) await patiently(() => guardTable(tables, merchantId, table))
}

export async function unguardMerchant(tables: pg.Client, merchantId: MerchantId): Promise<void> {
  for (const table of await listGuarded(tables, merchantId))
    await patiently(() => unguardTable(tables, merchantId, table))
}
