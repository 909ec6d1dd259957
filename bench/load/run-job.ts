import { randomBytes } from 'node:crypto'
import { Connection } from './connection.ts'
import type { Job, LoadResult } from './job.ts'
import { type Ask, journeys, measured } from './journeys.ts'
import { paceOf } from './pace.ts'

/** Runs one job to its end. Throws at the first answer that is not 200: a rate with refusals in it means nothing. */
export async function runJob(job: Job): Promise<LoadResult> {
  const ports = [job.port, ...(job.otherPorts ?? [])]
  const connections = await Promise.all(
    Array.from({ length: job.connections }, (_, at) => Connection.open(ports[at % ports.length] ?? job.port)),
  )
  try {
    return await drive(job, connections)
  } finally {
    for (const connection of connections) connection.close()
  }
}

async function drive(job: Job, connections: readonly Connection[]): Promise<LoadResult> {
  const run = randomBytes(4).toString('hex')
  const latencies: number[] = []
  const pace = paceOf(job)
  const start = performance.now()
  const deadline = start + job.durationMs
  let begun = 0
  let journeysInTime = 0
  let journeysDone = 0
  const work = async (ask: Ask & { dueAt?: number }, key: string | undefined): Promise<void> => {
    for (;;) {
      const dueAt = await pace.next()
      if (performance.now() >= deadline || begun >= (job.mostJourneys ?? Infinity)) return
      if (dueAt !== undefined) ask.dueAt = dueAt
      begun += 1
      await journeys[job.journey](ask, `${run}${begun.toString(36).padStart(6, '0')}`, key)
      journeysDone += 1
      if (performance.now() < deadline) journeysInTime += 1
    }
  }
  try {
    await Promise.all(connections.map((connection, at) => work(measured(connection, latencies), keyOf(job, at))))
  } finally {
    pace.stop()
  }
  const seconds = Math.min(performance.now() - start, job.durationMs) / 1000
  return {
    journeys: journeysDone,
    requests: latencies.length,
    ratePerSecond: journeysInTime / seconds,
    ...percentilesOf(latencies),
  }
}

function keyOf({ keys = [] }: Job, connection: number): string | undefined {
  return keys[connection % keys.length]
}

function percentilesOf(latencies: readonly number[]): { p50Ms: number; p99Ms: number } {
  const sorted = Float64Array.from(latencies).sort()
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return { p50Ms: at(0.5), p99Ms: at(0.99) }
}
