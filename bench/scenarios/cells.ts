import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Embedded, startEmbedded } from '../../src/db/embedded/embedded.ts'
import { scalapayMerchantKey } from '../../src/main/fixtures.ts'
import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'
import { makeCells } from '../servers/make-cells.ts'
import type { ServerProcess } from '../servers/server-process.ts'

/** What a cell costs: the same orders, spread over the merchants of two, four and eight cells of one PostgreSQL; and what one costs that is away. */
export const cells: Scenario = { name: 'cells', run }

const alone = [scalapayMerchantKey]

async function run(bench: Bench): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const count of bench.sizes.cells) figures.push(...(await costOf(bench, count)))
  return [...figures, await costOfOneAway(bench)]
}

async function costOf(bench: Bench, count: number): Promise<readonly Figure[]> {
  const database = `bench_cells_${count}`
  // Makes the database, and knows nothing of the cells that come afterwards.
  const one = await bench.tercetOn(database)
  const beside = Array.from({ length: count - 1 }, (_, at) => ({ name: `c${at + 2}`, databaseUrl: undefined }))
  const keys = [...alone, ...(await makeCells(bench.folder, inDatabase(bench.databaseUrl, database), beside))]
  const many = await bench.tercetOn(database)
  await bench.load(one, 'create', { durationMs: bench.sizes.warmUpMs })
  await bench.load(many, 'create', { durationMs: bench.sizes.warmUpMs, keys })
  const rates = await inTurns(
    {
      one: () => create(bench, one, alone),
      first: () => create(bench, many, alone),
      all: () => create(bench, many, keys),
    },
    bench.sizes.rounds,
  )
  await one.stop()
  await many.stop()
  const note = (name: 'first' | 'all') => `${medianOf(rates[name]).toFixed(0)}/s to ${medianOf(rates.one).toFixed(0)}/s`
  return [
    {
      id: '8.1',
      what: `create order in one of ${count} cells, of a server without cells`,
      value: ratioOf(rates.first, rates.one),
      note: note('first'),
    },
    {
      id: '8.1',
      what: `create orders in all of ${count} cells of one PostgreSQL, of a server without cells`,
      value: ratioOf(rates.all, rates.one),
      note: note('all'),
    },
  ]
}

/** The database of one cell is taken away while another cell's merchant goes on, and the first one's goes on asking. */
async function costOfOneAway(bench: Bench): Promise<Figure> {
  const database = 'bench_cell_away'
  const folder = join(bench.folder, 'away')
  let far: Embedded = await startEmbedded({ folder })
  try {
    const first = await bench.tercetOn(database)
    const firstUrl = inDatabase(bench.databaseUrl, database)
    const [farKey = ''] = await makeCells(bench.folder, firstUrl, [{ name: 'far', databaseUrl: far.url }])
    await first.stop()
    const server = await bench.tercetOn(database)
    await bench.load(server, 'create', { durationMs: bench.sizes.warmUpMs, keys: [...alone, farKey] })
    const beside = async (status: number): Promise<number> => {
      const asking = keepAsking(server, farKey)
      await asking.until(status)
      const rate = await create(bench, server, alone)
      await asking.stop()
      return rate
    }
    const rates = await inTurns(
      {
        there: () => beside(200),
        away: async () => {
          await far.stop()
          const rate = await beside(503)
          far = await startEmbedded({ folder })
          return rate
        },
      },
      bench.sizes.rounds,
    )
    return {
      id: '8.4',
      what: "create order in one cell while another's database is away, of the same with it there",
      value: ratioOf(rates.away, rates.there),
      target: { atLeast: 0.95 },
      note: `${medianOf(rates.away).toFixed(0)}/s to ${medianOf(rates.there).toFixed(0)}/s`,
    }
  } finally {
    await far.stop()
  }
}

async function create(bench: Bench, server: ServerProcess, keys: readonly string[]): Promise<number> {
  return (await bench.load(server, 'create', { keys })).ratePerSecond
}

/** A merchant that looks at its configuration twenty times a second, whatever it is answered. */
function keepAsking({ port }: ServerProcess, key: string) {
  let last = 0
  let isStopped = false
  const ask = async () => {
    while (!isStopped) {
      const headers = { authorization: `Bearer ${key}` }
      const response = await fetch(`http://127.0.0.1:${port}/v2/configurations`, { headers })
      await response.arrayBuffer()
      last = response.status
      await pause(50)
    }
  }
  const asking = ask()
  return {
    until: async (status: number) => {
      while (last !== status) await Promise.race([pause(20), asking])
    },
    stop: async () => {
      isStopped = true
      await asking
    },
  }
}
