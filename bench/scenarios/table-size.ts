import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { fillOrders } from '../fill-orders.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'

/** Two servers on two databases of one PostgreSQL, one empty, one with the orders of years. */
export const tableSize: Scenario = { name: 'size', run }

/** Four variants a round, and the filling takes its time as well: the run is to end within five minutes. */
const mostRounds = 3

async function run(bench: Bench): Promise<readonly Figure[]> {
  const { sizes, load } = bench
  const empty = await bench.tercetOn('bench_empty')
  const full = await bench.tercetOn('bench_full')
  bench.say(`filling a database with ${sizes.orders} orders`)
  await fillOrders(inDatabase(bench.databaseUrl, 'bench_full'), sizes.orders)
  bench.say('measuring both')
  const warmUp = { durationMs: sizes.warmUpMs }
  for (const journey of ['create', 'flow'] as const) {
    await load(empty, journey, warmUp)
    await load(full, journey, warmUp)
  }
  const rates = await inTurns(
    {
      emptyCreate: async () => (await load(empty, 'create')).ratePerSecond,
      fullCreate: async () => (await load(full, 'create')).ratePerSecond,
      fullFlow: async () => (await load(full, 'flow')).ratePerSecond,
      emptyFlow: async () => (await load(empty, 'flow')).ratePerSecond,
    },
    Math.min(sizes.rounds, mostRounds),
  )
  const figure = (what: string, fullRates: readonly number[], emptyRates: readonly number[]): Figure => ({
    id: '2.4',
    what: `${what} with ${sizes.orders} orders stored, of an empty table`,
    value: ratioOf(fullRates, emptyRates),
    target: { atLeast: 0.9 },
    note: `${medianOf(fullRates).toFixed(0)}/s to ${medianOf(emptyRates).toFixed(0)}/s`,
  })
  return [figure('create', rates.fullCreate, rates.emptyCreate), figure('whole flow', rates.fullFlow, rates.emptyFlow)]
}
