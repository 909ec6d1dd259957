import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectClient } from '../../src/db/wire/connection.ts'
import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { orderBody } from '../load/order-body.ts'
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
  await fill(inDatabase(bench.databaseUrl, 'bench_full'), sizes.orders)
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

/** Ends with what a database of that age has behind it: statistics, visibility and a finished checkpoint. */
async function fill(url: string, orders: number): Promise<void> {
  const client = await connectClient(url, { statementTimeoutMs: 0 })
  try {
    await client.query("select set_config('bench.orders', $1, false), set_config('bench.details', $2, false)", [
      String(orders),
      orderBody('FILL'),
    ])
    await client.query(`begin; ${await readFile(join(import.meta.dirname, '../sql/fill-orders.sql'), 'utf8')} commit`)
    await client.query('vacuum analyze')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}
