import type pg from 'pg'
import { connectClient } from '../../src/db/wire/connection.ts'
import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import type { LoadResult } from '../load/job.ts'
import { orderBody } from '../load/order-body.ts'
import type { ServerProcess } from '../servers/server-process.ts'
import { runFill } from '../webhook-endpoint.ts'

/** Orders that all fall due in the same second, while the API keeps answering. */
export const expiry: Scenario = { name: 'expiry', run }

/** Time enough to write the orders and to vacuum behind that; the count begins when they are due. */
const dueInSeconds = 12
const ordersPerSecond = 50
const loadMs = 1_000

async function run(bench: Bench): Promise<readonly Figure[]> {
  const database = 'bench_expiry'
  const server = await bench.tercetOn(database)
  const url = inDatabase(bench.databaseUrl, database)
  const client = await connectClient(url, { statementTimeoutMs: 0 })
  try {
    const quiet = await bench.load(server, 'create', light)
    const due = new Date(Date.now() + (bench.sizes.dueOrders > 1_000 ? dueInSeconds : 0) * 1_000)
    await runFill(url, 'fill-due-orders.sql', {
      'bench.orders': String(bench.sizes.dueOrders),
      'bench.due': due.toISOString(),
      'bench.details': orderBody('DUE'),
    })
    if (Date.now() > due.getTime()) bench.say('the orders fell due while they were written: they are counted from now')
    const start = Math.max(due.getTime(), Date.now())
    const answered = await answerUntilDone(bench, server, () => isAnyLeft(client, due))
    return figuresOf(bench, (Date.now() - start) / 1_000, quiet, answered)
  } finally {
    await client.end()
  }
}

const light = { ratePerSecond: ordersPerSecond, durationMs: loadMs }

async function answerUntilDone(
  { load }: Bench,
  server: ServerProcess,
  isAnyLeft: () => Promise<boolean>,
): Promise<LoadResult[]> {
  const answered: LoadResult[] = []
  do {
    answered.push(await load(server, 'create', light))
  } while (await isAnyLeft())
  return answered
}

async function isAnyLeft(client: pg.Client, due: Date): Promise<boolean> {
  const result = await client.query('select from payment where timer_at <= $1 limit 1', [due.toISOString()])
  return result.rowCount === 1
}

function figuresOf(
  { sizes }: Bench,
  seconds: number,
  quiet: LoadResult,
  answered: readonly LoadResult[],
): readonly Figure[] {
  const slowest = Math.max(...answered.map(({ p99Ms }) => p99Ms))
  return [
    {
      id: '3.3',
      what: `seconds until ${sizes.dueOrders} orders that fell due at once are expired`,
      value: seconds,
      target: { atMost: 30 },
      note: `${(sizes.dueOrders / seconds).toFixed(0)} expiries/s`,
    },
    {
      id: '3.3',
      what: `largest p99 of create during that, ms, ${ordersPerSecond} orders/s`,
      value: slowest,
      note: `${quiet.p99Ms.toFixed(0)} ms before`,
    },
  ]
}
