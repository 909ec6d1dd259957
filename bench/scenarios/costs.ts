import { connectClient } from '../../src/db/wire/connection.ts'
import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import type { JourneyName } from '../load/job.ts'
import { readUsage, type Usage } from '../usage.ts'

/** What docs/scaling.md reckons with: CPU time and bytes of one payment, under full load. */
export const costs: Scenario = { name: 'costs', run }

const database = 'bench_costs'

const measured: readonly (readonly [JourneyName, string])[] = [
  ['pay', 'payment request'],
  ['create', 'order created'],
  ['flow', 'order created, authorized, captured, refunded'],
]

async function run(bench: Bench): Promise<readonly Figure[]> {
  const server = await bench.tercetOn(database)
  const client = await connectClient(inDatabase(bench.databaseUrl, database), { statementTimeoutMs: 0 })
  try {
    const figures: Figure[] = []
    for (const [journey, what] of measured) {
      await bench.load(server, journey, { durationMs: bench.sizes.warmUpMs })
      // The first change of a page after a checkpoint writes the whole page to the log: that belongs to the price.
      await client.query('checkpoint')
      const before = await readUsage(server.pid, client)
      const { journeys } = await bench.load(server, journey, { durationMs: bench.sizes.memoryMs })
      figures.push(...figuresOf(what, journeys, before, await readUsage(server.pid, client)))
    }
    return figures
  } finally {
    await client.end()
  }
}

function figuresOf(what: string, count: number, before: Usage, after: Usage): readonly Figure[] {
  const kilobytes = (name: 'log' | 'stored') => (after[name] - before[name]) / count / 1_000
  const bytes: Figure = {
    id: '4.3',
    what: `${what}: KB of the database's log`,
    value: kilobytes('log'),
    note: `${kilobytes('stored').toFixed(2)} KB in tables and indexes, of ${count}`,
  }
  if (before.serverCpu === undefined || before.databaseCpu === undefined) return [bytes]
  const server = (((after.serverCpu ?? 0) - before.serverCpu) / count) * 1_000
  const databaseMs = (((after.databaseCpu ?? 0) - before.databaseCpu) / count) * 1_000
  const cpu: Figure = {
    id: '4.3',
    what: `${what}: CPU ms`,
    value: server + databaseMs,
    note: `server ${server.toFixed(3)} ms, database ${databaseMs.toFixed(3)} ms`,
  }
  return [cpu, bytes]
}
