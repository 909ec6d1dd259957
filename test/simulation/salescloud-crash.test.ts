import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { cardCluster } from '../support/crash/crash-card-cluster.ts'
import { type CardTotals, cardCrashRounds } from '../support/crash/crash-card-rounds.ts'

/** `CRASH_SEED=7 npm test -- salescloud-crash` repeats a plan, `CRASH_ROUNDS=1000` makes it a longer one. */
const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000))
const rounds = Number(process.env.CRASH_ROUNDS ?? 50)

test(`moves each payment's money once or not at all when server, acquirer and database are killed (CRASH_SEED=${seed})`, async () => {
  // Most of a round is waiting for what was killed, so two sandboxes take turns on the machine.
  const halves = await Promise.all([
    crash(seed, Math.ceil(rounds / 2)),
    crash(seed + 1_000_000, Math.floor(rounds / 2)),
  ])
  const sum = (of: keyof CardTotals) => halves.reduce((total, half) => total + half[of], 0)
  assert.equal(sum('rounds'), rounds)
  const told = JSON.stringify(halves)
  assert(sum('approved') > rounds && sum('declined') > rounds, told)
  assert(sum('lost') > 0 && sum('replayed') > rounds, told)
})

async function crash(planSeed: number, count: number): Promise<CardTotals> {
  const cluster = await cardCluster()
  try {
    return await cardCrashRounds(cluster, { rounds: count, seed: planSeed })
  } finally {
    await cluster.stop()
  }
}
