import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { twoServers } from '../support/crash/crash-cluster.ts'
import { crashRounds } from '../support/crash/crash-rounds.ts'

const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000))

test('loses and doubles nothing when one of two servers on one database is killed and shops ask the other', async () => {
  const cluster = await twoServers()
  try {
    const totals = await crashRounds(cluster, { rounds: 8, seed })
    assert.equal(totals.rounds, 8)
    assert(totals.replayed > totals.rounds, 'keys were replayed')
  } finally {
    await cluster.stop()
  }
})
