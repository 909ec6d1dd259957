import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { killBringingBack } from '../../../../test/support/cells/kill-mover.ts'
import { moverWorld } from '../../../../test/support/cells/killed-movers.ts'
import { rowsOfMerchant } from '../../../../test/support/cells/two-cells.ts'
import { cellDatabases, type TestDatabase } from '../../../../test/support/database.ts'
import { createOrder } from '../../../../test/support/payments/engine.ts'
import { deleteMove, listMoves } from '../../../db/cell/move/merchant-moves.ts'
import { connectForMove } from '../../../db/cell/move/move-session.ts'
import { beginMoving, endMoving } from '../../../db/cell/move/moving-merchants.ts'
import { type BringBackOptions, bringBack, bringBackStages } from './bring-back.ts'
import { deleteMerchant } from './copy-merchant.ts'
import { dropMoved, settleMove } from './end-move.ts'
import { findMissing } from './missing-merchants.ts'

const databases = await cellDatabases()
const { first, near, far } = databases
const world = await moverWorld(databases)
const { cells, id, merchant, engines, whereItLives, servedBy, patiently } = world

const back = (options?: BringBackOptions) => patiently(() => bringBack(cells, id, options))

async function move(target: string): Promise<void> {
  const moved = await world.move(target)
  assert(moved.ok, inspect(moved))
}

/** What a restore to a time before the merchant came leaves of it in a cell: nothing, or what stood there then. */
async function lose({ url }: TestDatabase, state?: 'arriving' | 'left'): Promise<void> {
  const client = await connectForMove(url)
  try {
    const mover = randomUUID()
    const [{ row } = assert.fail('it is there')] = (
      await client.query<{ row: string }>('select m::text as row from merchant m where id = $1', [id])
    ).rows
    await beginMoving(client, id, { state: 'dropping', mover })
    await deleteMerchant(client, { merchantId: id, mover, keepsNames: false })
    if (!state) return await endMoving(client, id)
    await client.query('insert into merchant select r.* from unnest($1::text[]::merchant[]) r', [[row]])
    await beginMoving(client, id, { state, mover })
  } finally {
    await client.end()
  }
}

/** Moves the merchant away and loses it there. Answers its rows as they were when it left. */
async function moveAndLose(state?: 'arriving' | 'left'): Promise<Map<string, string[]>> {
  const before = await rowsOfMerchant(near, id)
  await move('far')
  await createOrder(engines.far, merchant)
  await lose(far, state)
  return before
}

async function livesNearAsBefore(before: Map<string, string[]>): Promise<void> {
  assert.deepEqual([await whereItLives(), await servedBy()], ['near', ['near']])
  assert.deepEqual(await rowsOfMerchant(near, id), before)
  assert.deepEqual(await rowsOfMerchant(far, id), new Map())
  assert.deepEqual(await listMoves(first.pool), [])
  await createOrder(engines.near, merchant)
}

test('a merchant that is missing in its new cell lives again where it was, as it was when it had left', async () => {
  const { rows: chains } = await near.pool.query<{ chain: bigint }>('select min(chain_id) as chain from chain')
  const [{ chain } = assert.fail('there is a chain')] = chains
  await near.pool.query(
    `insert into wallet (merchant_id, chain_id, address, is_current, added_at) values ($1, $2, decode(repeat('a1', 20), 'hex'), true, now())`,
    [id, chain],
  )
  const readTo = (place: number) =>
    near.pool.query(
      'insert into chain_watch (chain_id, scanned) values ($1, $2) on conflict (chain_id) do update set scanned = $2',
      [chain, place],
    )
  await readTo(100)
  const before = await moveAndLose()
  await readTo(120)
  assert.deepEqual(await findMissing('far', far.pool, first.pool), [id])
  const gone = { ok: false, reason: { reason: 'not_there', cell: 'far' } }
  assert.deepEqual(await dropMoved(cells, id), gone)
  for (const target of ['near', 'far']) assert.deepEqual(await world.move(target), gone)
  assert.deepEqual(await rowsOfMerchant(near, id), before, 'what is kept is neither deleted nor written over')
  const result = await back()
  assert(result.ok, inspect(result))
  assert.equal(result.value.cell, 'near')
  assert(result.value.leftAt !== undefined)
  await livesNearAsBefore(before)
  const { rows } = await near.pool.query('select scanned from chain_watch where chain_id = $1', [chain])
  assert.deepEqual(rows, [{ scanned: 100n }], 'chains are read again from where it had left')
})

test('killed at any step it has happened or has not, and is repeated; a part of the merchant is never served', async () => {
  const before = await moveAndLose('arriving')
  assert.deepEqual(await settleMove(cells, id), { ok: false, reason: { reason: 'not_moving' } })
  for (const stage of bringBackStages.filter((each) => each !== 'done')) {
    await killBringingBack(cells, { merchant: id, stage })
    const hasHappened = stage === 'opening' || stage === 'deleting'
    assert.equal(await whereItLives(), hasHappened ? 'near' : 'far', stage)
    if (hasHappened) await world.servedAgainBy('near')
    else assert.deepEqual(await servedBy(), [], stage)
  }
  const repeated = await back()
  assert(repeated.ok, inspect(repeated))
  await livesNearAsBefore(before)
})

test('where both cells have old rows of it, somebody says which are the newest', async () => {
  const before = await moveAndLose('left')
  assert.deepEqual(await back(), { ok: false, reason: { reason: 'kept_in_several', cells: ['near', 'far'] } })
  assert((await back({ from: 'near' })).ok)
  await livesNearAsBefore(before)
})

test('a directory that was put back as well, and knows of no move, leads to it again', async () => {
  const before = await rowsOfMerchant(near, id)
  await move('far')
  await lose(far)
  await deleteMove(first.pool, id)
  await first.pool.query(`update cell_name set cell = 'near' where cell = 'far'`)
  assert.deepEqual(await servedBy(), [])
  assert.deepEqual(await back(), { ok: true, value: { cell: 'near', leftAt: undefined } })
  await livesNearAsBefore(before)
})

test('one that is served is left alone, and one whose old rows were deleted is not brought back', async () => {
  assert.deepEqual(await back(), { ok: false, reason: { reason: 'served', cell: 'near' } })
  await move('far')
  assert.deepEqual(await back(), { ok: false, reason: { reason: 'served', cell: 'far' } })
  assert((await dropMoved(cells, id)).ok)
  await lose(far)
  assert.deepEqual(await back(), { ok: false, reason: { reason: 'not_kept' } })
})
