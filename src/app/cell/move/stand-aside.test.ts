import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { fillTwoCells } from '../../../../test/support/cells/two-cells.ts'
import { cellDatabases } from '../../../../test/support/database.ts'
import { listServed } from '../../../db/cell/move/moving-merchants.ts'
import { connectPool } from '../../../db/wire/connection.ts'
import { Unavailable } from '../../../engine/command.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { standAside } from './stand-aside.ts'

const databases = await cellDatabases()
const { first, near, far } = databases
await fillTwoCells(databases)
const id = 1 as MerchantId
const aside = (nearPool = near.pool) =>
  standAside({ cell: 'far', pool: far.pool, firstPool: first.pool, poolOf: async () => nearPool })

/** As in a cell that was restored to a time before the merchant moved to the first one. */
async function restore(): Promise<void> {
  const { rows } = await near.pool.query<{ row: string }>('select m::text as row from merchant m where id = $1', [id])
  await far.pool.query('insert into merchant select r.* from unnest($1::text[]::merchant[]) r', [
    rows.map(({ row }) => row),
  ])
}

test('a merchant that two cells would serve is served by the one that the directory names', async () => {
  assert.deepEqual(await aside(), [])
  await restore()
  const away = connectPool(near.url)
  await away.end()
  await assert.rejects(aside(away), Unavailable)
  // The directory may be the older one: then the cell that it names knows that the merchant has left.
  await near.pool.query(`insert into moving_merchant (merchant_id, state, mover) values ($1, 'left', $2)`, [
    id,
    randomUUID(),
  ])
  assert.deepEqual(await aside(), [])
  assert.deepEqual(await listServed(far.pool, [id]), [id])
  await near.pool.query('delete from moving_merchant')
  assert.deepEqual(await aside(), [id])
  assert.deepEqual(await listServed(far.pool, [id]), [])
  assert.deepEqual(await aside(), [], 'once')
})
