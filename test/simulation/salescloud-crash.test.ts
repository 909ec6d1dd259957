import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { cardCluster } from '../support/crash-card-cluster.ts'
import { cardCrashRounds } from '../support/crash-card-rounds.ts'

/** `CRASH_SEED=7 npm test -- salescloud-crash` repeats a plan. */
const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000))
const rounds = Number(process.env.CRASH_ROUNDS ?? 50)

test(`moves each payment's money once or not at all when server, acquirer and database are killed (CRASH_SEED=${seed})`, async () => {
  const cluster = await cardCluster()
  try {
    const totals = await cardCrashRounds(cluster, { rounds, seed })
    assert.equal(totals.rounds, rounds)
    assert(totals.approved > rounds && totals.declined > rounds, JSON.stringify(totals))
    assert(totals.lost > 0 && totals.replayed > rounds, JSON.stringify(totals))
  } finally {
    await cluster.stop()
  }
})
