import { Counter, type Registry } from 'prom-client'

/** What a process counts while it works, over all its cells. */
export type Meters = {
  /** for each answer of one part of the server: its status, and how long it took in milliseconds */
  readonly answersOf: (part: string) => (status: number, latencyMs: number) => void
  readonly jobFailed: (job: string) => void
  /** one attempt to send a webhook, by what became of its message */
  readonly webhookTried: (state: string) => void
  readonly registerIn: (registry: Registry) => void
}

/** In milliseconds: from what a read takes to what no client waits for. */
const bounds = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000]

type PartCounts = {
  readonly byStatus: Map<number, number>
  /** how many took at most the bound at the same place, and longer than the one before; last, those beyond all */
  readonly byBound: number[]
}

/**
 * Counted in plain numbers, which cost a request a tenth of a microsecond, and made into series when somebody asks: the library's own counting
 * would cost each more than one.
 */
export function createMeters(): Meters {
  const parts = new Map<string, PartCounts>()
  const failedJobs = new Map<string, number>()
  const tried = new Map<string, number>()
  return {
    answersOf: (part) => {
      const { byStatus, byBound } = countsOf(parts, part)
      return (status, latencyMs) => {
        byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
        const place = bounds.findIndex((bound) => latencyMs <= bound)
        const index = place < 0 ? bounds.length : place
        byBound[index] = (byBound[index] ?? 0) + 1
      }
    },
    jobFailed: (job) => void failedJobs.set(job, (failedJobs.get(job) ?? 0) + 1),
    webhookTried: (state) => void tried.set(state, (tried.get(state) ?? 0) + 1),
    registerIn: (registry) => {
      new Counter({
        name: 'tercet_http_answers_total',
        help: 'Answered requests, by API or page and status.',
        labelNames: ['part', 'status'],
        registers: [registry],
        collect() {
          this.reset()
          for (const [part, { byStatus }] of parts)
            for (const [status, count] of byStatus) this.inc({ part, status: String(status) }, count)
        },
      })
      new Counter({
        name: 'tercet_http_answer_seconds_bucket',
        help: 'Answered requests that took at most le seconds, by API or page, for histogram_quantile.',
        labelNames: ['part', 'le'],
        registers: [registry],
        collect() {
          this.reset()
          for (const [part, { byBound }] of parts) {
            let upTo = 0
            for (const [index, count] of byBound.entries()) {
              upTo += count
              const bound = bounds[index]
              this.inc({ part, le: bound === undefined ? '+Inf' : String(bound / 1_000) }, upTo)
            }
          }
        },
      })
      addCounter(
        registry,
        'tercet_job_failures_total',
        'Steps of jobs that failed and are tried again.',
        'job',
        failedJobs,
      )
      const help = 'Attempts to send a webhook: delivered, pending (it is tried again later) or dead (given up).'
      addCounter(registry, 'tercet_webhook_attempts_total', help, 'state', tried)
    },
  }
}

function countsOf(parts: Map<string, PartCounts>, part: string): PartCounts {
  const known = parts.get(part)
  if (known) return known
  const made: PartCounts = { byStatus: new Map(), byBound: [...bounds, Number.POSITIVE_INFINITY].map(() => 0) }
  parts.set(part, made)
  return made
}

function addCounter(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  counts: ReadonlyMap<string, number>,
): void {
  new Counter({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset()
      for (const [value, count] of counts) this.inc({ [label]: value }, count)
    },
  })
}
