import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { testDatabase } from '../../../test/support/database.ts'
import { createDuty, type Duty } from './duty.ts'

const { pool } = await testDatabase()
const log = { warn: () => undefined, error: () => undefined }

async function until(isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + 60_000; !isSo(); await pause(5)) assert(performance.now() < end)
}

test('one server at a time holds a duty, and the next one has it once the first has closed', async () => {
  const [first, second] = ['jobs', 'jobs'].map((name) =>
    createDuty({ pool, name, log, leaseMs: 60_000, everyMs: 5 }),
  ) as [Duty, Duty]
  await until(() => first.isHeld() || second.isHeld())
  for (let look = 0; look < 10; look++) {
    assert.equal(first.isHeld() !== second.isHeld(), true)
    await pool.query('select 1')
  }
  const [holding, waiting] = first.isHeld() ? [first, second] : [second, first]
  await holding.close()
  assert.equal(holding.isHeld(), false)
  await until(waiting.isHeld)
  await waiting.close()
})

test('a server that can say no more that it is there gives up by itself, and another takes over', async () => {
  let isAway = false
  const failing = {
    query: async (...words: unknown[]) => {
      if (isAway) throw new Error('its database is away')
      return await (pool.query as (...words: unknown[]) => Promise<unknown>).apply(pool, words)
    },
  } as unknown as typeof pool
  const first = createDuty({ pool: failing, name: 'other', log, leaseMs: 500, everyMs: 5 })
  await until(first.isHeld)
  isAway = true
  const second = createDuty({ pool, name: 'other', log, leaseMs: 60_000, everyMs: 5 })
  await until(() => {
    assert(!(first.isHeld() && second.isHeld()), 'never both')
    return second.isHeld()
  })
  assert.equal(first.isHeld(), false)
  await Promise.all([first.close(), second.close()])
})
