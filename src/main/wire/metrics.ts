import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { EngineStats } from '../../engine/engine.ts'
import type { Meters } from './meters.ts'

/** Prometheus text of the process and its engines, one for each cell: how much waits, and how large the batches are. */
export function createMetrics(
  meters: Meters,
  engines: () => readonly EngineStats[],
  droppedLogLines: () => number = () => 0,
  whole: (registry: Registry) => () => Promise<MetricsText> = ownText,
): () => Promise<MetricsText> {
  const registry = new Registry()
  const sumOf = (what: keyof EngineStats) => () => engines().reduce((sum, stats) => sum + stats[what], 0)
  collectDefaultMetrics({ register: registry })
  meters.registerIn(registry)
  gauge(registry, 'tercet_engine_queued_commands', 'Commands that wait for a lane.', sumOf('queued'))
  gauge(registry, 'tercet_engine_inflight_commands', 'Commands in a running batch.', sumOf('inFlight'))
  counter(registry, 'tercet_engine_commands_total', 'Commands run.', sumOf('commands'))
  counter(registry, 'tercet_engine_batches_total', 'Transactions they ran in.', sumOf('batches'))
  counter(registry, 'tercet_log_lines_dropped_total', 'Lines that the log output did not take.', droppedLogLines)
  return whole(registry)
}

type MetricsText = { readonly contentType: string; readonly text: string }

function ownText(registry: Registry): () => Promise<MetricsText> {
  return async () => ({ contentType: registry.contentType, text: await registry.metrics() })
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read())
    },
  })
}

function counter(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset()
      this.inc(read())
    },
  })
}
