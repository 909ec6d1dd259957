import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'

/** Two processes behind one port, of one process: on as many cores as the machine has. */
export const workers: Scenario = { name: 'workers', run }

async function run(bench: Bench): Promise<readonly Figure[]> {
  const one = await bench.tercetOn('bench_one_worker')
  const two = await bench.tercetOn('bench_two_workers', { TERCET_WORKERS: '2' })
  const figures: Figure[] = []
  for (const journey of ['create', 'flow'] as const) {
    const rate = async (server: typeof one) => (await bench.load(server, journey)).ratePerSecond
    for (const server of [one, two]) await bench.load(server, journey, { durationMs: bench.sizes.warmUpMs })
    const rates = await inTurns({ one: () => rate(one), two: () => rate(two) }, bench.sizes.rounds)
    figures.push({
      id: '8.2',
      what: `${journey} with two workers behind one port, of one process`,
      value: ratioOf(rates.two, rates.one),
      target: { atLeast: 0.95 },
      note: `${medianOf(rates.two).toFixed(0)}/s to ${medianOf(rates.one).toFixed(0)}/s`,
    })
  }
  return figures
}
