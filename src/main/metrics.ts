import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { RunningEngine } from '../engine/engine.ts'

/** Prometheus text of the process and the engine: how much waits, and how large the batches are. */
export function createMetrics(
  engine: RunningEngine,
  droppedLogLines: () => number = () => 0,
): () => Promise<{ contentType: string; text: string }> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  gauge(registry, 'tercet_engine_queued_commands', 'Commands that wait for a lane.', () => engine.stats().queued)
  gauge(registry, 'tercet_engine_inflight_commands', 'Commands in a running batch.', () => engine.stats().inFlight)
  counter(registry, 'tercet_engine_commands_total', 'Commands run.', () => engine.stats().commands)
  counter(registry, 'tercet_engine_batches_total', 'Transactions they ran in.', () => engine.stats().batches)
  counter(registry, 'tercet_log_lines_dropped_total', 'Lines that the log output did not take.', droppedLogLines)
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
