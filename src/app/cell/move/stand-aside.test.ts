import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillTwoCells } from '../../../../test/support/cells/two-cells.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { listServedAmong } from '../../../db/cell/move/moving-merchants.ts'
import { Unavailable } from '../../../engine/command.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { standAside } from './stand-aside.ts'

const [main, far] = [await testDatabase(), await testDatabase()]
await fillTwoCells(main, far)
const id = 1 as MerchantId
const aside = (mainPool = main.pool) =>
  standAside({ cell: 'far', pool: far.pool, firstPool: main.pool, poolOf: async () => mainPool })

/** As in a cell that was restored to a time before the merchant moved to the first one. */
async function restore(): Promise<void> {
  const { rows } = await main.pool.query<{ row: string }>('select m::text as row from merchant m where id = $1', [id])
  await far.pool.query('insert into merchant select r.* from unnest($1::text[]::merchant[]) r', [
    rows.map(({ row }) => row),
  ])
}

test('a merchant that two cells would serve is served by the one that the directory names', async () => {
  assert.deepEqual(await aside(), [])
  await restore()
  const away = { query: () => Promise.reject(new Error('away')) } as unknown as typeof main.pool
  await assert.rejects(aside(away), Unavailable)
  // The directory may be the older one: then the cell that it names knows that the merchant has left.
  await main.pool.query(
    `insert into moving_merchant (merchant_id, state, mover) values ($1, 'left', gen_random_uuid())`,
    [id],
  )
  assert.deepEqual(await aside(), [])
  assert.deepEqual(await listServedAmong(far.pool, [id]), [id])
  await main.pool.query('delete from moving_merchant')
  assert.deepEqual(await aside(), [id])
  assert.deepEqual(await listServedAmong(far.pool, [id]), [])
  assert.deepEqual(await aside(), [], 'once')
})
