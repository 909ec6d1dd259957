import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { createSharedLimiter } from './shared-limiter.ts'

const database = await testDatabase()
const limit = { name: 'test', points: 2, durationSeconds: 3_600 }
const [one, other] = [createSharedLimiter(database.pool, limit), createSharedLimiter(database.pool, limit)]

test('counts over all processes, and says how long to wait', async () => {
  assert.equal(await one.take('a'), undefined)
  assert.equal(await other.take('a'), undefined)
  const waitMs = await one.take('a')
  assert.ok(waitMs !== undefined && waitMs > 3_500_000 && waitMs <= 3_600_000)
  assert.equal(await other.take('b'), undefined, 'another key')
})

test('what is given back or forgotten is free for everybody', async () => {
  await one.take('c')
  await one.take('c')
  await other.giveBack('c')
  assert.equal(await one.take('c'), undefined)
  await other.forget('c')
  assert.equal(await one.add('c'), 1)
  assert.equal(await other.add('c'), 2)
})

test('keeps no key that could be read', async () => {
  await one.take('shopper@example.com')
  const { rows } = await database.pool.query('select key from brake')
  assert.ok(rows.length > 0)
  assert.ok(rows.every(({ key }) => !key.includes('@')))
})

test('counts for itself while the database is away', async () => {
  await database.close()
  assert.equal(await one.take('d'), undefined)
  assert.equal(await one.take('d'), undefined)
  assert.notEqual(await one.take('d'), undefined)
})
