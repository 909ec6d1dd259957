import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import type { LoadResult } from '../load/job.ts'
import { medianOf } from '../rounds.ts'

/** How long a request takes when the server is half busy. */
export const latency: Scenario = { name: 'latency', run }

async function run(bench: Bench): Promise<readonly Figure[]> {
  const { sizes, load } = bench
  const tercet = await bench.tercet()
  await load(tercet, 'create', { durationMs: sizes.warmUpMs })
  const most: number[] = []
  for (let round = 0; round < sizes.rounds; round++) most.push((await load(tercet, 'create')).ratePerSecond)
  const ratePerSecond = medianOf(most) / 2
  const paced: LoadResult[] = []
  for (let round = 0; round < sizes.rounds; round++) {
    paced.push(await load(tercet, 'create', { ratePerSecond, durationMs: sizes.pacedMs }))
  }
  const p50 = medianOf(paced.map((result) => result.p50Ms))
  const p99 = medianOf(paced.map((result) => result.p99Ms))
  const reached = medianOf(paced.map((result) => result.ratePerSecond))
  return [
    {
      id: '2.3',
      what: 'p99 of create at half the maximum rate, in p50s',
      value: medianOf(paced.map((result) => result.p99Ms / result.p50Ms)),
      target: { atMost: 5 },
      note: `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms at ${reached.toFixed(0)}/s`,
    },
  ]
}
