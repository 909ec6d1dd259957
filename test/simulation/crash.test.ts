import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { singleServer } from '../support/crash/crash-cluster.ts'
import { crashRounds } from '../support/crash/crash-rounds.ts'

/** `CRASH_SEED=7 npm test -- crash` repeats a plan; a failure prints the command for `npm run crash` as well. */
const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000))

test('loses and doubles nothing when server, database or both are killed under load, fifty times', async () => {
  const cluster = await singleServer()
  try {
    const totals = await crashRounds(cluster, { rounds: 50, seed })
    assert.equal(totals.rounds, 50)
    assert(totals.unanswered > 0, 'some calls were cut off')
    assert(totals.replayed > totals.rounds, 'keys were replayed')
  } finally {
    await cluster.stop()
  }
})
