import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { after, test } from 'node:test'
import { citusUrl } from '../support/citus/cells.ts'
import { twoServersOnCitus } from '../support/crash/crash-cells.ts'
import { crashRounds } from '../support/crash/crash-rounds.ts'

const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000))
const cluster = await twoServersOnCitus(citusUrl() ?? assert.fail('run by npm run test:citus'))
after(cluster.stop)

test(`loses and doubles nothing when a placed cell moves, its connections are cut and servers are killed (CRASH_SEED=${seed})`, async () => {
  const totals = await crashRounds(cluster, { rounds: 4, seed, proveEvery: 4 })
  assert(totals.acknowledged > 0 && totals.replayed > totals.rounds)
})
