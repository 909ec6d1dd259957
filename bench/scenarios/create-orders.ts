import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { hasPgbench, pgbenchRate } from '../pgbench.ts'
import { inTurns, medianOf, ratioOf, spreadOf } from '../rounds.ts'

/** Creating orders, against a bare bulk insert of the same orders, one transaction per request, and an echo of the same body. */
export const createOrders: Scenario = { name: 'create', run }

async function run(bench: Bench): Promise<readonly Figure[]> {
  const { sizes, load } = bench
  const echo = await bench.echo()
  const bulk = await bench.bulkInsert()
  const tercet = await bench.tercet()
  const oneTransaction = await bench.oneTransaction()
  const warmUp = { durationMs: sizes.warmUpMs }
  await load(echo, 'echo', warmUp)
  await load(bulk, 'create', warmUp)
  await load(tercet, 'create', warmUp)
  await load(oneTransaction, 'create', warmUp)
  const rates = await inTurns(
    {
      echo: async () => (await load(echo, 'echo')).ratePerSecond,
      bulk: async () => (await load(bulk, 'create')).ratePerSecond,
      batches: async () => (await load(tercet, 'create')).ratePerSecond,
      single: async () => (await load(oneTransaction, 'create')).ratePerSecond,
    },
    sizes.rounds,
  )
  const spread = (100 * spreadOf(rates.echo)).toFixed(0)
  const note = (name: keyof typeof rates) =>
    `${medianOf(rates.batches).toFixed(0)}/s to ${medianOf(rates[name]).toFixed(0)}/s`
  return [
    {
      id: '2.1',
      what: 'create order, of a bare bulk insert of the same orders',
      value: ratioOf(rates.batches, rates.bulk),
      target: { atLeast: 0.8 },
      note: note('bulk'),
    },
    {
      id: '2.1',
      what: 'create order, of an echo of the same body',
      value: ratioOf(rates.batches, rates.echo),
      note: `${note('echo')}, spread of the echo ${spread} %`,
    },
    {
      id: '2.1',
      what: 'create order, of one transaction per request',
      value: ratioOf(rates.batches, rates.single),
      target: { atLeast: 3 },
      note: note('single'),
    },
    ...(await databaseAlone(bench, medianOf(rates.batches))),
  ]
}

/** It knows no other end than the time. */
const longestPgbenchMs = 2_000

/** For comparison: what the database can do with the same rows when nothing speaks HTTP and nobody decides. */
async function databaseAlone({ databaseUrl, sizes }: Bench, batches: number): Promise<readonly Figure[]> {
  if (!(await hasPgbench())) return []
  const rates: number[] = []
  for (let round = 0; round < Math.min(3, sizes.rounds); round++) {
    rates.push(await pgbenchRate(databaseUrl, Math.min(sizes.roundMs, longestPgbenchMs)))
  }
  return [
    {
      id: '2.1',
      what: 'create order, of pgbench with the same rows, one transaction each',
      value: batches / medianOf(rates),
      note: `${batches.toFixed(0)}/s to ${medianOf(rates).toFixed(0)}/s`,
    },
  ]
}
