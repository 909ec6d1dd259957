import { createAcquirerDirectory } from '../../app/attempt/acquirer-directory.ts'
import { firstCell } from '../../app/cell/cell-url.ts'
import { createFrequencyOfPayment } from '../../app/instalments/frequency-of-payment.ts'
import { createPlans } from '../../app/instalments/plans.ts'
import { tellShoppers } from '../../app/instalments/tell-shoppers.ts'
import { createOrderChanges, type OrderChanges } from '../../app/live/order-changes.ts'
import { createPaymentReader } from '../../app/payment/payment-reader.ts'
import { openSandboxClock } from '../../app/sandbox/sandbox-clock.ts'
import { createWriteOnce } from '../../app/shared/write-once.ts'
import { createKeepCard } from '../../app/shopper/keep-card.ts'
import { connectClient } from '../../db/wire/connection.ts'
import { createEngine } from '../../engine/engine.ts'
import { createSettleMoves } from '../../jobs/cells/settle-moves.ts'
import { createDuty, ownDuty } from '../../jobs/runner/duty.ts'
import { systemClock } from '../../kernel/clock.ts'
import { createAcquirerHttp } from '../../rails/card/acquirer-http.ts'
import { type BankPage, createSandbox } from '../../rails/card/sandbox/sandbox.ts'
import { wireChains } from '../chains/wire-chains.ts'
import { companions } from '../companions.ts'
import { frequencyOf } from '../frequency-of.ts'
import { wirePictures } from '../shoppers/wire-pictures.ts'
import type { Parts } from './parts.ts'
import { wireJobs } from './wire-jobs.ts'
import { wireMessages } from './wire-messages.ts'
import { wireWebhooks } from './wire-webhooks.ts'

export type Core = Awaited<ReturnType<typeof wireCore>>

/** The engine, the rails, and everything that happens by itself: all that works while nobody asks for anything. */
export async function wireCore(parts: Parts) {
  const { config, databaseUrl, pool, publicUrl, sealer, logger, isAlone, worker, meters } = parts
  const { mode } = config
  const isOwner = worker?.isOwner ?? true
  const cellName = parts.cell?.name ?? firstCell
  // Where tries are counted: in one place for all cells, or who guesses would begin anew in each.
  const brakePool = parts.cell?.directory.firstPool ?? pool
  const sandboxClock = mode === 'sandbox' ? await openSandboxClock(pool, { mode }) : undefined
  const clock = sandboxClock ?? systemClock
  const changes: OrderChanges = createOrderChanges({
    pool,
    connect: () => connectClient(databaseUrl, { applicationName: 'tercet-live' }),
    onError: (error) => logger.warn({ err: error }, 'changes could not be told to those who watch'),
  })
  const once = createWriteOnce({ pool, clock, sealer })
  // Beside a database of one's own there may be other servers, and each cell's work is one's at a time.
  const duty = isAlone || !isOwner ? ownDuty : createDuty({ pool, name: 'jobs', log: logger })
  const webhooks = wireWebhooks({
    ...{ mode, pool, databaseUrl, clock, sealer, logger, once },
    isOnDuty: duty.isHeld,
    onRecorded: changes.note,
    onTried: meters?.webhookTried,
  })
  const engine = createEngine({
    clock,
    companions,
    connect: () => connectClient(databaseUrl, { pipeline: true, applicationName: 'tercet-lane' }),
    onWebhooks: isOwner
      ? (merchants) => merchants.forEach(webhooks.delivery.nudge, webhooks.delivery)
      : (merchants) => worker?.nudge({ cell: cellName, merchants: [...merchants] }),
    onCommitted: changes.note,
  })
  const http = createAcquirerHttp()
  // One object for everybody: its memory is the sandbox acquirer's book.
  const sandbox =
    mode === 'sandbox'
      ? createSandbox(clock, bankPageAt(publicUrl), worker?.attemptMemory() ?? parts.attemptMemory)
      : undefined
  const acquirers = createAcquirerDirectory(pool, sealer, sandbox, { http, clock })
  const messages = wireMessages({ config, pool, sealer, publicUrl })
  const plans = createPlans({ pool, clock, acquirers, sealer, frequencyOf, tell: tellShoppers })
  const payments = createPaymentReader(pool)
  const chains = wireChains({
    ...{ mode, databaseUrl, pool, engine, payments, sealer, clock, logger, isAlone },
    claim: parts.cell?.claim,
    isWatching: isOwner,
    dataFolder: config.dataFolder,
    anvilProgram: config.anvilProgram,
  })
  const keepCard = createKeepCard(pool, clock)
  const frequencyOfPayment = createFrequencyOfPayment(pool, frequencyOf)
  const pictures = wirePictures({ mode, pool, clock, logger, nudge: (job) => nudgeJob(job) })
  const jobs = wireJobs({
    ...{ pool, databaseUrl, engine, acquirers, plans, sealer, clock, sandboxClock, logger },
    ...{ keepCard, frequencyOfPayment, isOwner },
    ...(parts.onClockMoved && { onClockMoved: parts.onClockMoved }),
    delivery: webhooks.delivery,
    messages: messages.source,
    chains: chains.source,
    pictures: pictures.source,
    moves: parts.cell && createSettleMoves({ cell: cellName, pool, ...parts.cell.directory, log: logger }),
    isOnDuty: duty.isHeld,
    onFailed: meters?.jobFailed,
  })
  const nudgeJob = (job: string) => (isOwner ? jobs.nudge(job) : worker?.nudge({ cell: cellName, job }))
  worker?.onNudge((nudge) => {
    if (nudge.cell !== cellName) return
    if (nudge.job !== undefined) jobs.nudge(nudge.job)
    for (const merchant of nudge.merchants ?? []) webhooks.delivery.nudge(merchant)
  })
  return {
    ...{
      isOwner,
      cellName,
      brakePool,
      clock,
      engine,
      changes,
      once,
      webhooks,
      http,
      sandbox,
      acquirers,
      messages,
      plans,
    },
    ...{ payments, chains, keepCard, frequencyOfPayment, pictures, jobs, nudgeJob },
    /** Finishes what was begun, causes before their effects. */
    close: async (): Promise<void> => {
      await chains.close()
      await changes.close()
      await jobs.close()
      await pictures.close()
      messages.close()
      await webhooks.close()
      await duty.close()
      await engine.close()
      await http.close()
      sandboxClock?.close()
    },
  }
}

/** Where the sandbox's bank asks shoppers of its 3-D Secure cards. */
function bankPageAt(publicUrl: string): BankPage {
  return (_attemptId, returnUrl, challenge) =>
    `${publicUrl}/sandbox/bank?${new URLSearchParams({ challenge, back: returnUrl })}`
}
