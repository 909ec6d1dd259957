import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { App } from '../app/app.ts'
import { createAcquirerDirectory } from '../app/attempt/acquirer-directory.ts'
import { createAuthorizeOrder, createCompleteOrder, createHasAcquirer } from '../app/attempt/authorize-order.ts'
import { createOrderBrake } from '../app/attempt/brake-authorize-order.ts'
import { createChooseAcquirer } from '../app/attempt/choose-acquirer.ts'
import { createThreadedImport } from '../app/catalogue/import-in-thread.ts'
import type { ClaimNames } from '../app/cell/cell-directory.ts'
import { firstCell } from '../app/cell/cell-url.ts'
import { createPaymentChanges } from '../app/chain/payment-changes.ts'
import { createFrequencyOfPayment } from '../app/instalments/frequency-of-payment.ts'
import { createReadLateFeeTerms } from '../app/instalments/late-fee-terms.ts'
import { createPlans } from '../app/instalments/plans.ts'
import { promptCollection } from '../app/instalments/prompt-collection.ts'
import { createReadPlan } from '../app/instalments/read-plan.ts'
import { tellShoppers } from '../app/instalments/tell-shoppers.ts'
import { createOrderChanges } from '../app/live/order-changes.ts'
import { createKeyUses } from '../app/merchant/key-uses.ts'
import { createMerchantDirectory } from '../app/merchant/merchant-directory.ts'
import { createOrganizations } from '../app/organization/organizations.ts'
import { createPayees } from '../app/payee/payees.ts'
import { createPaymentReader } from '../app/payment/payment-reader.ts'
import { createCaptureWatch } from '../app/payment/watch-captures.ts'
import { createPaymentRequests } from '../app/payment-request/payment-requests.ts'
import { createRequestLog } from '../app/request-log/request-log.ts'
import { openSandboxClock } from '../app/sandbox/sandbox-clock.ts'
import { outageAsUnavailable } from '../app/shared/outage.ts'
import type { Sealer } from '../app/shared/seal.ts'
import { createWriteOnce } from '../app/shared/write-once.ts'
import { createShops } from '../app/shop/shops.ts'
import { createAddCard, createCompleteAddedCard } from '../app/shopper/add-card.ts'
import type { ShopperCells } from '../app/shopper/cells/accounts-elsewhere.ts'
import { createKeepCard } from '../app/shopper/keep-card.ts'
import { createShopperApp } from '../app/shopper/shopper-app.ts'
import { createSharedLimiter } from '../db/brake/shared-limiter.ts'
import type { Embedded } from '../db/embedded/embedded.ts'
import { createMigrationCheck } from '../db/migrate/migrate.ts'
import { connectClient } from '../db/wire/connection.ts'
import { takesWrites } from '../db/wire/takes-writes.ts'
import type { MessageChannel } from '../domain/message/message.ts'
import { createEngine, type EngineStats, type RunningEngine } from '../engine/engine.ts'
import type { Elsewhere } from '../http/elsewhere.ts'
import { buildServer } from '../http/server.ts'
import { createSettleMoves, type SettleMovesParts } from '../jobs/cells/settle-moves.ts'
import { collection } from '../jobs/collection/collect-instalments.ts'
import { createDuty, ownDuty } from '../jobs/runner/duty.ts'
import { type Clock, systemClock } from '../kernel/clock.ts'
import type { MerchantId } from '../kernel/ids.ts'
import { protocols } from '../protocols/index.ts'
import { currencies } from '../protocols/kupay/payments/amount.ts'
import { findOwnRequest, openOwnAmount } from '../protocols/kupay/payments/open-own-amount.ts'
import { profiles } from '../protocols/profiles.ts'
import { tercet } from '../protocols/tercet/index.ts'
import { createAcquirerHttp } from '../rails/card/acquirer-http.ts'
import type { AttemptMemory } from '../rails/card/sandbox/attempt-memory.ts'
import { type BankPage, createSandbox, type Remembered } from '../rails/card/sandbox/sandbox.ts'
import { home } from '../web/home/index.ts'
import { pages } from '../web/index.ts'
import { pay } from '../web/pay/index.ts'
import { portal } from '../web/portal/index.ts'
import { request } from '../web/request/index.ts'
import type { WebBuild } from '../web/shared/build/web-build.ts'
import { widget } from '../web/widget/index.ts'
import { playground } from '../web/widget/playground/index.ts'
import { sandboxPayee } from './chains/chain-fixtures.ts'
import { wireChains } from './chains/wire-chains.ts'
import { companions } from './companions.ts'
import type { Config } from './config.ts'
import { docsInfo } from './docs-info.ts'
import { frequencyOf } from './frequency-of.ts'
import { createMetrics } from './metrics.ts'
import { createOrderFaults } from './order-faults.ts'
import { wirePortal } from './portal/wire-portal.ts'
import { createSandboxDesk, sandboxCards } from './sandbox-desk.ts'
import { createAccountsElsewhere } from './shoppers/accounts-elsewhere.ts'
import { wirePictures } from './shoppers/wire-pictures.ts'
import { warnOfUnpayable } from './start/warn-unpayable.ts'
import { wireJobs } from './wire-jobs.ts'
import { wireMessages } from './wire-messages.ts'
import { wireWebhooks } from './wire-webhooks.ts'
import type { Worker } from './workers/worker.ts'

export type Wired = {
  readonly server: FastifyInstance
  readonly engine: RunningEngine
  readonly clock: Clock
  /** Begins to watch chains, and in the sandbox to have some: nobody who only wants something else waits for it. */
  readonly startChains: () => void
  /** Whether a payment could be written now. Rejects when the database is away. */
  readonly isReady: () => Promise<boolean>
  /** Finishes what was accepted. The pool stays its owner's. */
  readonly close: () => Promise<void>
}

export type Parts = {
  /** awaited after each step of a move of the sandbox's clock */
  readonly onClockMoved?: () => Promise<void>
  /** the database that this program runs itself, if it does */
  readonly embedded?: Pick<Embedded, 'isHopeless'> | undefined
  readonly droppedLogLines?: (() => number) | undefined
  readonly config: Pick<
    Config,
    | 'dataFolder'
    | 'anvilProgram'
    | 'mode'
    | 'tls'
    | 'secretKey'
    | 'previousSecretKeys'
    | 'firstSecretKey'
    | 'isBehindTlsProxy'
    | 'hasDocs'
    | 'hasMetrics'
    | 'hasRequests'
    | 'smtpUrl'
    | 'mailFrom'
    | 'smsUrl'
    | 'smsToken'
  >
  readonly databaseUrl: string
  readonly pool: pg.Pool
  readonly publicUrl: string
  readonly sealer: Sealer
  readonly build: WebBuild
  readonly logger: FastifyBaseLogger
  /** no other server works on this sandbox's data, so that its chains are this one's */
  readonly isAlone: boolean
  /** the sandbox acquirer's book, where several cells share one: what began in one may end in another */
  readonly attemptMemory?: AttemptMemory<Remembered> | undefined
  /** one of several processes behind one port; undefined: the only one */
  readonly worker?: Worker | undefined
  /** which of several cells this is; undefined while there is only one */
  readonly cell?: CellParts | undefined
}

/** What a cell knows of the others. */
export type CellParts = {
  readonly name: string
  /** before a key, an address or the like is used in this cell */
  readonly claim: ClaimNames
  /** where merchants that have moved are found */
  readonly directory: Pick<SettleMovesParts, 'firstPool' | 'addresses'>
  /** connections to any cell, for people who buy in several */
  readonly poolOf: ShopperCells['poolOf']
  /** for the one that listens for all: what answers a request instead */
  readonly elsewhere?: Elsewhere
  /** of every cell of this process */
  readonly stats: () => readonly EngineStats[]
  /** whether any cell of this process can write */
  readonly isAnyReady: () => Promise<boolean>
}

/** Said once at the start of a live server; each order is refused on its own as long as it holds. */
async function warnOfMissingAcquirers(
  logger: FastifyBaseLogger,
  hasAcquirer: ReturnType<typeof createHasAcquirer>,
): Promise<void> {
  const hosted = [...profiles.values()].filter(({ returnUrls }) => returnUrls !== null)
  for (const currency of new Set(hosted.flatMap(({ currencies }) => currencies ?? [])))
    if (!(await hasAcquirer({ id: operatorId, currency })))
      logger.warn(
        `no card acquirer is set up that takes ${currency} of shoppers on the hosted page: creating such an order is refused until there is one`,
      )
}

/** No merchant's: whatever the operator funds goes through the operator's own accounts. */
const operatorId = 0 as MerchantId

/** Builds the program out of its parts. Jobs run from here on; requests are taken once the server listens. */
export async function wire(parts: Parts): Promise<Wired> {
  const { config, databaseUrl, pool, publicUrl, sealer, build, logger, isAlone, embedded, droppedLogLines } = parts
  const { mode, tls } = config
  const { worker } = parts
  const isOwner = worker?.isOwner ?? true
  const cellName = parts.cell?.name ?? firstCell
  const sandboxClock = mode === 'sandbox' ? await openSandboxClock(pool, { mode }) : undefined
  const clock = sandboxClock ?? systemClock
  const changes = createOrderChanges({
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
  const plans = createPlans({
    pool,
    clock,
    acquirers,
    sealer,
    frequencyOf,
    tell: tellShoppers,
  })
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
  const pictures = wirePictures({
    mode,
    pool,
    clock,
    logger,
    nudge: (job) => nudgeJob(job),
  })
  const jobs = wireJobs({
    pool,
    keepCard,
    frequencyOfPayment,
    databaseUrl,
    engine,
    acquirers,
    plans,
    sealer,
    clock,
    sandboxClock,
    ...(parts.onClockMoved && { onClockMoved: parts.onClockMoved }),
    delivery: webhooks.delivery,
    messages: messages.source,
    chains: chains.source,
    pictures: pictures.source,
    moves: parts.cell && createSettleMoves({ cell: cellName, pool, ...parts.cell.directory, log: logger }),
    isOwner,
    isOnDuty: duty.isHeld,
    logger,
  })
  const nudgeJob = (job: string) => (isOwner ? jobs.nudge(job) : worker?.nudge({ cell: cellName, job }))
  worker?.onNudge((nudge) => {
    if (nudge.cell !== cellName) return
    if (nudge.job !== undefined) jobs.nudge(nudge.job)
    for (const merchant of nudge.merchants ?? []) webhooks.delivery.nudge(merchant)
  })
  const imports = createThreadedImport({
    ...{ databaseUrl, pool, sealer, secretKey: config.secretKey, previousSecretKeys: config.previousSecretKeys },
  })
  const chooseAcquirer = createChooseAcquirer(pool, acquirers)
  const hasAcquirer = createHasAcquirer(chooseAcquirer)
  // Jobs run already: a database that goes away now must not leave them behind.
  await warnOfMissingAcquirers(logger, hasAcquirer).catch((error: unknown) =>
    logger.warn({ err: error }, 'acquirers could not be looked at'),
  )
  if (mode === 'live' && isOwner)
    await warnOfUnpayable(pool, logger).catch((error: unknown) =>
      logger.warn({ err: error }, 'what nobody could pay could not be looked for'),
    )
  const authorizing = { engine, choose: chooseAcquirer, acquirers, sealer, keepCard, frequencyOfPayment }
  const keeping = { pool, clock, choose: chooseAcquirer, acquirers, sealer }
  const { add: countDecline } = createSharedLimiter(pool, { name: 'decline', points: 1, durationSeconds: 3_600 })
  // A developer's tries all come from one address.
  const brake = createOrderBrake({ declinesPerHourPerAddress: mode === 'sandbox' ? 1_000_000 : 20, countDecline })
  const captureWatch = createCaptureWatch({
    pool,
    engine,
    onError: (error) => logger.warn({ err: error }, 'captures could not be looked at'),
  })
  const keyUses = createKeyUses(pool, {
    onError: (error) => logger.warn({ err: error }, 'the use of keys could not be noted'),
  })
  const requestLog = createRequestLog({
    pool,
    onError: (error) => logger.warn({ err: error }, 'requests could not be written to their log'),
  })
  const shopperParts = {
    ...{ mode, sealer, secretKey: config.firstSecretKey },
    channels: new Set(Object.keys(messages.transports) as MessageChannel[]),
  }
  const cells = parts.cell && {
    ...{ own: cellName, directory: parts.cell.directory.firstPool, poolOf: parts.cell.poolOf },
  }
  const app: App = {
    mode,
    publicUrl,
    isBehindProxy: config.isBehindTlsProxy,
    clock,
    engine: pictures.watch(promptCollection(engine, () => nudgeJob(collection))),
    merchants: createMerchantDirectory(pool, { onKeyUsed: keyUses.note }),
    payments,
    chains: chains.payments,
    paymentRequests: createPaymentRequests({ engine, payments, callbacks: webhooks.callbacks, clock }),
    findPicture: pictures.findPicture,
    shownPictures: pictures.shownPictures,
    shops: createShops({ pool, clock, sealer }),
    messages: messages.log,
    shoppers: createShopperApp({ ...shopperParts, pool, clock, cells }),
    accountsElsewhere: createAccountsElsewhere({ shopperParts, pool, cells, http, sandbox, frequencyOf }),
    authorizeOrder: brake.authorize(createAuthorizeOrder(authorizing)),
    captureWatch,
    countDecline,
    once,
    completeOrder: brake.complete(createCompleteOrder(authorizing)),
    addCard: brake.add(createAddCard(keeping)),
    completeAddedCard: createCompleteAddedCard(keeping),
    readPlan: createReadPlan({ pool, clock, frequencyOf }),
    lateFeeTerms: createReadLateFeeTerms(pool),
    plans,
    hasAcquirer,
    returnUrls: (stored) => profiles.get(stored.payment.protocol)?.returnUrls?.(stored),
    orderFrequency: (stored) => profiles.get(stored.payment.protocol)?.orderFrequency?.(stored),
    orderView: (stored) => profiles.get(stored.payment.protocol)?.orderView?.(stored),
    hasHostedPage: (protocol) => (profiles.get(protocol)?.returnUrls ?? null) !== null,
    organizations: createOrganizations({
      protocol: 'salescloud',
      importFile: imports.importFile,
      pool,
      engine,
      acquirers,
      sealer,
      secretKey: config.firstSecretKey,
      onBug: (error, paymentId) => logger.error({ err: error, paymentId }, 'a payment request met an unexpected error'),
    }),
  }
  const pending = await createMigrationCheck()
  const desk = mode === 'sandbox' ? { ...createSandboxDesk(() => server), hasDocs: config.hasDocs } : undefined
  const isReady = async () =>
    (await outageAsUnavailable(pending(pool))).length === 0 &&
    (await outageAsUnavailable(takesWrites(pool))) &&
    (await engine.canWrite())
  const { cell } = parts
  const server: FastifyInstance = await buildServer({
    app,
    protocols: [...protocols, tercet(webhooks.management, { mover: jobs.mover, chains: chains.local }, app)],
    pages: [
      ...pages,
      home(desk),
      pay({
        ...{ mode, publicUrl, clock, build, merchants: app.merchants, payments, chains: chains.payments },
        changes: createPaymentChanges({
          ...{ pool, clock },
          onError: (error) => logger.error({ err: error }, 'pay pages could not be told what has changed'),
        }),
        linksOf: (stored) => profiles.get(stored.payment.protocol)?.walletLinks?.(stored),
        wallet: mode === 'sandbox' ? chains.local : undefined,
      }),
      request({
        ...{ mode, publicUrl, clock, build, merchants: app.merchants, chains: chains.payments, currencies },
        isBehindProxy: config.isBehindTlsProxy,
        open: (amount) => openOwnAmount(app, amount),
        asks: config.hasRequests
          ? {
              payees: createPayees({ pool, clock, settings: chains.payments.settings, claim: parts.cell?.claim }),
              find: (merchant, id) => findOwnRequest(app, merchant, id),
              demo: mode === 'sandbox' ? sandboxPayee : undefined,
            }
          : undefined,
      }),
      widget({ mode, publicUrl, merchants: app.merchants, build }),
      playground({ mode, publicUrl, build }),
      portal(
        wirePortal({
          config,
          pool,
          sealer,
          publicUrl,
          clock,
          engine,
          returnPayment: app.organizations.returnPayment,
          readPlan: app.readPlan,
          orderView: app.orderView,
          chains: app.chains,
          catalogue: app.organizations.organization,
          shops: app.shops,
          build,
          changes,
          sandbox: jobs.mover && {
            ...{ mover: jobs.mover, chains: chains.local, messages: messages.log, cards: sandboxCards },
            orderFaults: createOrderFaults(config.dataFolder),
          },
          developers: { requests: requestLog, webhooks: webhooks.staff, claim: parts.cell?.claim },
        }),
      ),
    ],
    served: { hasRoom: requestLog.hasRoom, take: (served) => requestLog.take({ ...served, at: systemClock.now() }) },
    logger,
    tls,
    operations: {
      isHealthy: () => !(embedded?.isHopeless() || worker?.isHopeless()),
      isReady: cell?.isAnyReady ?? isReady,
      metrics: config.hasMetrics
        ? createMetrics(cell?.stats ?? (() => [engine.stats()]), droppedLogLines, worker?.metrics)
        : undefined,
    },
    elsewhere: oneAfterTheOther(worker?.elsewhere, cell?.elsewhere),
    pageCookie: cell && { name: 'tercet_cell', value: cell.name },
    docs: config.hasDocs ? docsInfo(publicUrl) : undefined,
  })
  return {
    server,
    engine,
    clock,
    startChains: chains.start,
    isReady,
    close: async () => {
      // What requests wait for ends first: an import, a clock that is being moved.
      jobs.stopMoves()
      await imports.close()
      await server.close()
      await chains.close()
      await captureWatch.close()
      await keyUses.close()
      await requestLog.close()
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

function oneAfterTheOther(first: Elsewhere | undefined, second: Elsewhere | undefined): Elsewhere | undefined {
  if (!first || !second) return first ?? second
  return (request) => first(request) ?? second(request)
}

/** Where the sandbox's bank asks shoppers of its 3-D Secure cards. */
function bankPageAt(publicUrl: string): BankPage {
  return (_attemptId, returnUrl, challenge) =>
    `${publicUrl}/sandbox/bank?${new URLSearchParams({ challenge, back: returnUrl })}`
}
