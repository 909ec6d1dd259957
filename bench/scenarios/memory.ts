import { request } from 'undici'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import type { ServerProcess } from '../servers/server-process.ts'

const sampleEveryMs = 250

/** The largest resident memory of a fresh server while it creates orders and while it runs flows. */
export const memory: Scenario = { name: 'memory', run }

async function run(bench: Bench): Promise<readonly Figure[]> {
  const server = await bench.tercetOn('bench_memory')
  const idle = await megabytes(server)
  const samples: number[] = []
  const timer = setInterval(() => void megabytes(server).then((value) => samples.push(value), ignore), sampleEveryMs)
  try {
    await bench.load(server, 'create', { durationMs: bench.sizes.memoryMs })
    await bench.load(server, 'flow', { durationMs: bench.sizes.memoryMs })
  } finally {
    clearInterval(timer)
  }
  samples.push(await megabytes(server))
  return [
    {
      id: '2.5',
      what: 'largest RSS of the server under that load, MB',
      value: Math.max(...samples),
      target: { atMost: 200 },
      note: `${idle.toFixed(0)} MB before, ${samples.at(-1)?.toFixed(0)} MB after`,
    },
  ]
}

/** A sample that got no answer in time is missed; the last one is taken when the load is over and must not be. */
function ignore(): void {}

/** As the server itself reports it, so that it works wherever the server does. Megabytes of 1,000,000 bytes. */
async function megabytes({ port }: ServerProcess): Promise<number> {
  const answer = await request(`http://127.0.0.1:${port}/metrics`)
  const bytes = /^process_resident_memory_bytes (\S+)/m.exec(await answer.body.text())?.[1]
  if (bytes === undefined) throw new Error('/metrics says nothing of the memory')
  return Number(bytes) / 1_000_000
}
