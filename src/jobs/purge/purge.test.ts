import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { accepted, addMerchant, run, testEngine } from '../../../test/support/payments/engine.ts'
import { aNewPayment, someTime } from '../../../test/support/payments/factories.ts'
import type { IdempotencyClaim } from '../../engine/command.ts'
import { day, hour, plus } from '../../kernel/instant.ts'
import { createPurge } from './purge.ts'

const create = { kind: 'create', ...aNewPayment() } as const

function aClaim(key: string): IdempotencyClaim {
  return { operation: 'test', key, bodyHash: createHash('sha256').update('').digest(), render: () => 'kept' }
}

test('keeps an idempotency key for thirty days and forgets it within the hour after', async () => {
  const { url, pool } = await testDatabase()
  const engine = testEngine(url, { clock: { now: () => someTime } })
  const merchant = await addMerchant(pool)
  const later = plus(someTime, day)
  accepted(await run(engine, merchant, null, create, { idempotency: aClaim('old') }))
  accepted(await run(engine, merchant, null, create, { idempotency: aClaim('newer'), at: later }))
  const purge = createPurge(pool)
  const due = await purge.nextDue()
  assert(due !== null && due > plus(someTime, 30n * day) && due <= plus(someTime, 30n * day + hour))
  assert.equal(due % hour, 0n)
  assert.equal(await purge.runDue(plus(someTime, 30n * day - 1n)), 0)
  assert.equal(await purge.runDue(due), 1)
  assert.equal(await purge.runDue(due), 0)
  assert.equal((await run(engine, merchant, null, create, { idempotency: aClaim('newer') })).kind, 'replayed')
  assert.equal((await run(engine, merchant, null, create, { idempotency: aClaim('old') })).kind, 'accepted')
})

test('forgets in bounded portions, also when two processes do it at once', async () => {
  const { pool } = await testDatabase()
  await pool.query(
    `insert into idempotency select 1, 'test', n::text, '', '', '2020-01-01Z' from generate_series(1, 2500) n`,
  )
  const [first, second] = await Promise.all([createPurge(pool).runDue(someTime), createPurge(pool).runDue(someTime)])
  assert(first <= 1_000 && second <= 1_000)
  let rest = 0
  for (let done = -1; done !== 0; rest += done) done = await createPurge(pool).runDue(someTime)
  assert.equal(first + second + rest, 2_500)
  assert.equal(await createPurge(pool).nextDue(), null)
})
