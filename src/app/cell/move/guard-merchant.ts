import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { isLockTimeout } from '../../../db/cell/move/move-session.ts'
import { movedTables } from '../../../db/cell/move/moved-tables.ts'
import { guardTable, listGuarded, unguardTable } from '../../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../../kernel/ids.ts'

const mostTries = 100

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

async function patiently(change: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await change()
    } catch (error) {
      if (!isLockTimeout(error) || tries === mostTries) throw error
      await pause(100)
    }
  }
}
