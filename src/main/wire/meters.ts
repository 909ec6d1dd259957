import { Counter, Histogram, type Registry } from 'prom-client'

/** What a process counts while it works, over all its cells. */
export type Meters = {
  /** for each answer of one part of the server: its status, and how long it took in milliseconds */
  readonly answersOf: (part: string) => (status: number, latencyMs: number) => void
  readonly jobFailed: (job: string) => void
  /** one attempt to send a webhook, by what became of its message */
  readonly webhookTried: (state: string) => void
  readonly registerIn: (registry: Registry) => void
}

/** In seconds: from what a read takes to what no client waits for. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export function createMeters(): Meters {
  const answers = new Histogram({
    name: 'tercet_http_answer_seconds',
    help: 'Answered requests and how long each took, by API or page and status.',
    labelNames: ['part', 'status'],
    buckets,
    registers: [],
  })
  const failures = new Counter({
    name: 'tercet_job_failures_total',
    help: 'Steps of jobs that failed and are tried again.',
    labelNames: ['job'],
    registers: [],
  })
  const attempts = new Counter({
    name: 'tercet_webhook_attempts_total',
    help: 'Attempts to send a webhook: delivered, pending (it is tried again later) or dead (given up).',
    labelNames: ['state'],
    registers: [],
  })
  return {
    answersOf: (part) => (status, latencyMs) => answers.observe({ part, status }, latencyMs / 1_000),
    jobFailed: (job) => failures.inc({ job }),
    webhookTried: (state) => attempts.inc({ state }),
    registerIn: (registry) => {
      registry.registerMetric(answers)
      registry.registerMetric(failures)
      registry.registerMetric(attempts)
    },
  }
}
