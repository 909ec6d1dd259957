import { join } from 'node:path'
import { connectClient } from '../../src/db/wire/connection.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'
import { makeStandby, type Standby } from '../servers/standby.ts'

/** What a standby costs: commits wait for the disk of a second PostgreSQL on the same machine, or only send it their log. */
export const standby: Scenario = { name: 'standby', run }

async function run(bench: Bench): Promise<readonly Figure[]> {
  // It migrates and fills its database before that is copied.
  await bench.tercet()
  const client = await connectClient(bench.databaseUrl, { statementTimeoutMs: 0 })
  try {
    const primary = { url: bench.databaseUrl, folder: join(bench.folder, 'data'), client }
    const follower = await makeStandby(primary, join(bench.folder, 'standby'))
    try {
      return [...(await costsOf(bench, follower, 'create')), ...(await costsOf(bench, follower, 'flow'))]
    } finally {
      await follower.close()
    }
  } finally {
    await client.end()
  }
}

async function costsOf(bench: Bench, follower: Standby, journey: 'create' | 'flow'): Promise<readonly Figure[]> {
  const server = await bench.tercet()
  const latencies: Record<string, number[]> = {}
  const measure = (role: Parameters<Standby['become']>[0]) => async () => {
    await follower.become(role)
    const { ratePerSecond, p50Ms } = await bench.load(server, journey)
    latencies[role] = [...(latencies[role] ?? []), p50Ms]
    return ratePerSecond
  }
  await bench.load(server, journey, { durationMs: bench.sizes.warmUpMs })
  const rates = await inTurns(
    { absent: measure('absent'), asynchronous: measure('asynchronous'), synchronous: measure('synchronous') },
    bench.sizes.rounds,
  )
  const said = (role: keyof typeof rates) =>
    `${medianOf(rates[role]).toFixed(0)}/s, p50 ${medianOf(latencies[role] ?? []).toFixed(1)} ms`
  return (['asynchronous', 'synchronous'] as const).map((role) => ({
    id: '8.3',
    what: `${journey} with ${role === 'synchronous' ? 'a synchronous' : 'an asynchronous'} standby, of none`,
    value: ratioOf(rates[role], rates.absent),
    note: `${said(role)} to ${said('absent')}`,
  }))
}
