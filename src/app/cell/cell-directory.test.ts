import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstCellDatabase } from '../../../test/support/database.ts'
import { insertCell } from '../../db/cell/cells.ts'
import { deleteMove, insertMove, switchNames } from '../../db/cell/move/merchant-moves.ts'
import { Unavailable } from '../../engine/command.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { createCellDirectory, createClaimNames } from './cell-directory.ts'

const database = await firstCellDatabase()
const { pool } = database
for (const name of ['main', 'c2']) await insertCell(pool, name, null)

const key = (name: string) => ({ kind: 'key', name }) as const
const prefix = (name: string) => ({ kind: 'prefix', name }) as const

test('a name is one cell’s, whoever claims it next', async () => {
  assert.equal(await createClaimNames(pool, 'main')([key('aa'), prefix('SHOP')]), true)
  assert.equal(await createClaimNames(pool, 'main')([key('aa')]), true, 'again, by its own')
  assert.equal(await createClaimNames(pool, 'c2')([key('bb'), prefix('SHOP')]), false)
})

test('the first name that is known decides, and one that is asked about is not passed over', async () => {
  await createClaimNames(pool, 'c2')([key('cc')])
  const directory = createCellDirectory(pool)
  assert.equal(await directory.cellOf([prefix('SHOP')]), 'main')
  assert.equal(await directory.cellOf([key('cc'), prefix('SHOP')]), 'c2')
  assert.equal(await directory.cellOf([key('dd'), prefix('SHOP')]), 'main')
  assert.equal(await directory.cellOf([key('dd')]), undefined)
  assert.equal(await directory.cellOf([]), undefined)
})

test('hears of a move when it is asked next, also of one that happened and was tidied up during an outage', async () => {
  let isAway = false
  const query = (...words: unknown[]) => {
    if (isAway) return Promise.reject(new Error('the database is away'))
    return (pool.query as (...words: unknown[]) => Promise<unknown>).apply(pool, words)
  }
  const directory = createCellDirectory({ query: query as typeof pool.query })
  const move = { merchantId: 7 as MerchantId, source: 'main', target: 'c2' }
  await createClaimNames(pool, 'main')([key('ff')])
  await directory.followMoves()
  assert.equal(await directory.cellOf([key('ff')]), 'main')
  await directory.followMoves()
  assert.equal(directory.cellOf([key('ff')]), 'main', 'kept while nobody moves')
  isAway = true
  await assert.rejects(directory.followMoves())
  assert.equal(directory.cellOf([key('ff')]), 'main', 'kept while it is away')
  await insertMove(pool, move)
  await switchNames(pool, move, [key('ff')])
  await deleteMove(pool, move.merchantId)
  isAway = false
  await directory.followMoves()
  assert.equal(await directory.cellOf([key('ff')]), 'c2')
})

test('goes on to know what it knew while its database is away, and says so of what it did not', async () => {
  const directory = createCellDirectory(pool)
  assert.equal(await directory.cellOf([key('cc')]), 'c2')
  await database.close()
  assert.equal(directory.cellOf([key('cc')]), 'c2')
  await assert.rejects(async () => await directory.cellOf([key('ee')]), Unavailable)
})
