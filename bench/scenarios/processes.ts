import { request } from 'undici'
import { checkLedger } from '../../src/app/payment/check-ledger.ts'
import { connectPool } from '../../src/db/wire/connection.ts'
import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { paymentBody, payPath } from '../load/payment-body.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'
import type { ServerProcess } from '../servers/server-process.ts'

/** One, two and four server processes on one database; every acknowledged payment is there once, none twice. */
export const processes: Scenario = { name: 'processes', run }

const database = 'bench_processes'

async function run(bench: Bench): Promise<readonly Figure[]> {
  const servers: ServerProcess[] = []
  for (let n = 0; n < 4; n++) servers.push(await bench.tercetOn(database))
  let acknowledged = 0
  const pay = async (count: number, durationMs = bench.sizes.roundMs): Promise<number> => {
    const [first, ...others] = servers.slice(0, count) as [ServerProcess, ...ServerProcess[]]
    const result = await bench.load(first, 'pay', { durationMs, otherPorts: others.map(({ port }) => port) })
    acknowledged += result.journeys
    return result.ratePerSecond
  }
  await pay(4, bench.sizes.warmUpMs)
  const rates = await inTurns({ one: () => pay(1), two: () => pay(2), four: () => pay(4) }, bench.sizes.rounds)
  acknowledged += await askEverywhere(servers)
  await proveBooks(inDatabase(bench.databaseUrl, database), acknowledged)
  const figure = (what: string, name: 'two' | 'four'): Figure => ({
    id: '4.2',
    what: `payment requests of ${what} processes on one database, of one`,
    value: ratioOf(rates[name], rates.one),
    note: `${medianOf(rates[name]).toFixed(0)}/s to ${medianOf(rates.one).toFixed(0)}/s, ${acknowledged} payments, each stored once`,
  })
  return [figure('two', 'two'), figure('four', 'four')]
}

const sharedRequests = 100

/** Sends each of some requests to every process at once: one payment, and everybody hears of that one. Answers how many. */
async function askEverywhere(servers: readonly ServerProcess[]): Promise<number> {
  for (let n = 0; n < sharedRequests; n++) {
    const answers = await Promise.all(
      servers.map(async ({ port }) => {
        const answer = await request(`http://127.0.0.1:${port}${payPath}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: paymentBody(`everywhere${n}`),
        })
        return await answer.body.text()
      }),
    )
    if (new Set(answers).size !== 1 || !answers[0]?.startsWith('{"success":true,')) {
      throw new Error(`one request, several answers: ${answers.join(' ')}`)
    }
  }
  return sharedRequests
}

/** Throws unless every acknowledged payment was taken once and nothing else was: that is not a figure but the promise. */
async function proveBooks(url: string, acknowledged: number): Promise<void> {
  const pool = connectPool(url, { statementTimeoutMs: 0 })
  try {
    const { rows } = await pool.query<Record<'payments' | 'requests' | 'sales', bigint>>(
      `select (select count(*) from payment where state = 'captured') as payments,
         (select count(distinct request_id) from catalogue_order) as requests,
         (select count(*) from attempt where state = 'succeeded') as sales`,
    )
    const found = Object.values(rows[0] ?? {}).map(Number)
    if (found.length !== 3 || found.some((count) => count !== acknowledged)) {
      throw new Error(`${acknowledged} payments were acknowledged, and stored are ${found.join(', ')}`)
    }
    const { discrepancies } = await checkLedger(pool)
    if (discrepancies.length > 0) throw new Error(`the ledger differs for ${discrepancies.length} payments`)
  } finally {
    await pool.end()
  }
}
