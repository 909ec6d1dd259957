import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import type { FrequencyOfPayment } from '../../app/instalments/frequency-of-payment.ts'
import type { Plans } from '../../app/instalments/plans.ts'
import { type ClockMover, createClockMover } from '../../app/sandbox/clock-mover.ts'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import type { SandboxClock } from '../../app/sandbox/sandbox-clock.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import type { KeepCard } from '../../app/shopper/keep-card.ts'
import { connectClient } from '../../db/wire/connection.ts'
import type { Engine } from '../../engine/command.ts'
import { createCollectInstalments } from '../../jobs/collection/collect-instalments.ts'
import { createReadContacts } from '../../jobs/contacts/read-contacts.ts'
import { createPaymentTimers } from '../../jobs/payments/payment-timers.ts'
import { createResolveAttempts } from '../../jobs/payments/resolve-attempts.ts'
import { createPurge } from '../../jobs/purge/purge.ts'
import { createPurgeRequests } from '../../jobs/purge/purge-requests.ts'
import { createJobRunner } from '../../jobs/runner/job-runner.ts'
import { createCancelUnpaidOrders } from '../../jobs/shop/cancel-unpaid-orders.ts'
import type { WebhookDelivery } from '../../jobs/webhooks/deliver-webhooks.ts'
import { createPurgeWebhooks } from '../../jobs/webhooks/purge-webhooks.ts'
import { type Clock, systemClock } from '../../kernel/clock.ts'
import { profiles } from '../../protocols/profiles.ts'
import type { AcquirerDirectory } from '../../rails/rail.ts'

export type WiredJobs = {
  /** moves the sandbox's clock; undefined in live mode */
  readonly mover: ClockMover | undefined
  /** Ends a move of the clock that goes on, and takes no other: requests wait for it. */
  readonly stopMoves: () => void
  /** looks at a job's work at once */
  readonly nudge: (name: string) => void
  readonly close: () => Promise<void>
}

/** Everything that happens by itself. Causes stand before their effects: that decides ties when the clock is moved. */
export function wireJobs(parts: {
  readonly pool: pg.Pool
  readonly databaseUrl: string
  readonly engine: Engine
  readonly acquirers: AcquirerDirectory
  readonly plans: Plans
  readonly sealer: Sealer
  readonly keepCard: KeepCard
  readonly frequencyOfPayment: FrequencyOfPayment
  readonly clock: Clock
  readonly sandboxClock: SandboxClock | undefined
  readonly onClockMoved?: () => Promise<void>
  readonly delivery: WebhookDelivery
  readonly messages: DueSource
  readonly chains: DueSource
  readonly pictures: DueSource
  /** where a cell is one of several */
  readonly moves: DueSource | undefined
  /** whether this process runs them; another does otherwise, and this one only moves the sandbox's clock over them */
  readonly isOwner: boolean
  readonly isOnDuty: () => boolean
  readonly onFailed?: ((job: string) => void) | undefined
  readonly logger: FastifyBaseLogger
}): WiredJobs {
  const { pool, databaseUrl, engine, acquirers, plans, sealer, clock, delivery, logger } = parts
  const sources = [
    createResolveAttempts({
      ...{ pool, engine, acquirers, sealer, keepCard: parts.keepCard, log: logger },
      frequencyOfPayment: parts.frequencyOfPayment,
    }),
    createPaymentTimers({ pool, engine, log: logger }),
    createCollectInstalments(plans),
    parts.messages,
    parts.chains,
    createCancelUnpaidOrders({ pool, engine, log: logger }),
    createPurge(pool),
    createReadContacts({ pool, buyerOf: (request) => profiles.get(request.protocol)?.buyerOf?.(request) }),
    createPurgeWebhooks(pool),
    createPurgeRequests(pool, systemClock),
  ]
  // Pictures come from elsewhere, and a merchant moves, in their own time: a move of the clock waits for none.
  const untimed = [parts.pictures, ...(parts.moves ? [parts.moves] : [])]
  const runner = createJobRunner(parts.isOwner ? [...sources, ...untimed] : [], {
    ...{ clock, log: logger, isOnDuty: parts.isOnDuty },
    ...(parts.onFailed && { onFailed: parts.onFailed }),
  })
  if (parts.isOwner) delivery.start()
  const mover =
    parts.sandboxClock &&
    createClockMover({
      clock: parts.sandboxClock,
      ...(parts.onClockMoved && { onMoved: parts.onClockMoved }),
      sources: [...sources, delivery],
      connect: () => connectClient(databaseUrl, { statementTimeoutMs: 0, applicationName: 'tercet-clock' }),
      pauseJobs: async () => {
        const resumes = await Promise.all([runner.pause(), delivery.suspend()])
        return () => {
          for (const resume of resumes) resume()
        }
      },
    })
  return {
    mover,
    stopMoves: () => mover?.close(),
    nudge: runner.nudge,
    close: async () => {
      await runner.close()
    },
  }
}
