import type { App } from '../../app/app.ts'
import { createAuthorizeOrder, createCompleteOrder, createHasAcquirer } from '../../app/attempt/authorize-order.ts'
import { createOrderBrake } from '../../app/attempt/brake-authorize-order.ts'
import { createChooseAcquirer } from '../../app/attempt/choose-acquirer.ts'
import { createThreadedImport } from '../../app/catalogue/import-in-thread.ts'
import { createReadLateFeeTerms } from '../../app/instalments/late-fee-terms.ts'
import { promptCollection } from '../../app/instalments/prompt-collection.ts'
import { createReadPlan } from '../../app/instalments/read-plan.ts'
import { createKeyUses } from '../../app/merchant/key-uses.ts'
import { createMerchantDirectory } from '../../app/merchant/merchant-directory.ts'
import { createOrganizations } from '../../app/organization/organizations.ts'
import { createCaptureWatch } from '../../app/payment/watch-captures.ts'
import { createPaymentRequests } from '../../app/payment-request/payment-requests.ts'
import { createShops } from '../../app/shop/shops.ts'
import { createAddCard, createCompleteAddedCard } from '../../app/shopper/add-card.ts'
import { createShopperApp } from '../../app/shopper/shopper-app.ts'
import { createSharedLimiter } from '../../db/brake/shared-limiter.ts'
import type { MessageChannel } from '../../domain/message/message.ts'
import { collection } from '../../jobs/collection/collect-instalments.ts'
import { profiles } from '../../protocols/profiles.ts'
import { frequencyOf } from '../frequency-of.ts'
import { createAccountsElsewhere } from '../shoppers/accounts-elsewhere.ts'
import type { Parts } from './parts.ts'
import type { Core } from './wire-core.ts'

export type WiredApp = {
  readonly app: App
  /** Ends what a request waits for. */
  readonly stopImports: () => Promise<void>
  /** Writes down what was noted beside the answers. */
  readonly close: () => Promise<void>
}

/** What protocols and pages may use. */
export function wireApp(parts: Parts, core: Core): WiredApp {
  const { config, pool, publicUrl, sealer, logger } = parts
  const { clock, engine, acquirers, webhooks, payments, chains, pictures, plans } = core
  const imports = createThreadedImport({
    ...{ pool, sealer, databaseUrl: parts.databaseUrl },
    ...{ secretKey: config.secretKey, previousSecretKeys: config.previousSecretKeys },
  })
  const captureWatch = createCaptureWatch({
    pool,
    engine,
    onError: (error) => logger.warn({ err: error }, 'captures could not be looked at'),
  })
  const keyUses = createKeyUses(pool, {
    onError: (error) => logger.warn({ err: error }, 'the use of keys could not be noted'),
  })
  const app: App = {
    ...{ mode: config.mode, publicUrl, clock, payments, plans, captureWatch },
    isBehindProxy: config.isBehindTlsProxy,
    engine: pictures.watch(promptCollection(engine, () => core.nudgeJob(collection))),
    merchants: createMerchantDirectory(pool, { onKeyUsed: keyUses.note }),
    chains: chains.payments,
    paymentRequests: createPaymentRequests({ engine, payments, callbacks: webhooks.callbacks, clock }),
    findPicture: pictures.findPicture,
    shownPictures: pictures.shownPictures,
    shops: createShops({ pool, clock, sealer }),
    messages: core.messages.log,
    once: core.once,
    ...shopperUses(parts, core),
    ...cardUses(parts, core),
    readPlan: createReadPlan({ pool, clock, frequencyOf }),
    lateFeeTerms: createReadLateFeeTerms(pool),
    ...wordsOfOrders,
    organizations: createOrganizations({
      ...{ protocol: 'salescloud', pool, engine, acquirers, sealer },
      importFile: imports.importFile,
      secretKey: config.firstSecretKey,
      onBug: (error, paymentId) => logger.error({ err: error, paymentId }, 'a payment request met an unexpected error'),
    }),
  }
  return {
    app,
    stopImports: imports.close,
    close: async () => {
      await captureWatch.close()
      await keyUses.close()
    },
  }
}

/** What a card does. */
function cardUses(
  { config, pool, sealer }: Parts,
  { brakePool, clock, engine, acquirers, keepCard, frequencyOfPayment }: Core,
): Pick<App, 'authorizeOrder' | 'completeOrder' | 'addCard' | 'completeAddedCard' | 'countDecline' | 'hasAcquirer'> {
  const choose = createChooseAcquirer(pool, acquirers)
  const authorizing = { engine, choose, acquirers, sealer, keepCard, frequencyOfPayment }
  const keeping = { pool, clock, choose, acquirers, sealer }
  const { add: countDecline } = createSharedLimiter(brakePool, { name: 'decline', points: 1, durationSeconds: 3_600 })
  // A developer's tries all come from one address.
  const declinesPerHourPerAddress = config.mode === 'sandbox' ? 1_000_000 : 20
  const brake = createOrderBrake({ declinesPerHourPerAddress, countDecline })
  return {
    countDecline,
    hasAcquirer: createHasAcquirer(choose),
    authorizeOrder: brake.authorize(createAuthorizeOrder(authorizing)),
    completeOrder: brake.complete(createCompleteOrder(authorizing)),
    addCard: brake.add(createAddCard(keeping)),
    completeAddedCard: createCompleteAddedCard(keeping),
  }
}

/** What a shopper has here, and in other cells. */
function shopperUses(
  { config, pool, sealer, cell }: Parts,
  { cellName, clock, http, messages, sandbox }: Core,
): Pick<App, 'shoppers' | 'accountsElsewhere'> {
  const shopperParts = {
    ...{ mode: config.mode, sealer, secretKey: config.firstSecretKey },
    channels: new Set(Object.keys(messages.transports) as MessageChannel[]),
  }
  const cells = cell && { own: cellName, directory: cell.directory.firstPool, poolOf: cell.poolOf }
  return {
    shoppers: createShopperApp({ ...shopperParts, pool, clock, cells }),
    accountsElsewhere: createAccountsElsewhere({ shopperParts, pool, cells, http, sandbox, frequencyOf }),
  }
}

/** What only the protocol of an order knows about it. */
const wordsOfOrders: Pick<App, 'returnUrls' | 'orderFrequency' | 'orderView' | 'hasHostedPage'> = {
  returnUrls: (stored) => profiles.get(stored.payment.protocol)?.returnUrls?.(stored),
  orderFrequency: (stored) => profiles.get(stored.payment.protocol)?.orderFrequency?.(stored),
  orderView: (stored) => profiles.get(stored.payment.protocol)?.orderView?.(stored),
  hasHostedPage: (protocol) => (profiles.get(protocol)?.returnUrls ?? null) !== null,
}
