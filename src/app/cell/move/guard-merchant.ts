import type pg from 'pg'
import { movedTables } from '../../../db/cell/move/moved-tables.ts'
import { guardTable, listGuarded, unguardTable } from '../../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { patiently } from './patiently.ts'

/**
 * Lets the database itself refuse writes for the merchant from the moment it is frozen: a trigger on each of its tables, which other merchants'
 * rows do not meet. One table at a time, so that whoever writes is held up for a moment at most. Throws when a table is written without an end.
 */
export async function guardMerchant(source: pg.Client, merchantId: MerchantId): Promise<void> {
  const guarded = await listGuarded(source, merchantId)
  for (const { table } of movedTables)
    if (!guarded.includes(table)) await patiently(() => guardTable(source, merchantId, table))
}

export async function unguardMerchant(client: pg.Client, merchantId: MerchantId): Promise<void> {
  for (const table of await listGuarded(client, merchantId))
    await patiently(() => unguardTable(client, merchantId, table))
}
