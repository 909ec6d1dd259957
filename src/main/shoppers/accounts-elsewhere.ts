import type pg from 'pg'
import type { AccountPlace, App } from '../../app/app.ts'
import { createAcquirerDirectory } from '../../app/attempt/acquirer-directory.ts'
import { createPlans } from '../../app/instalments/plans.ts'
import { createReadPlan, type ReadPlanParts } from '../../app/instalments/read-plan.ts'
import { tellShoppers } from '../../app/instalments/tell-shoppers.ts'
import { createMerchantDirectory } from '../../app/merchant/merchant-directory.ts'
import { createPaymentReader } from '../../app/payment/payment-reader.ts'
import {
  type AccountElsewhere,
  answerOf,
  findAccountsElsewhere,
  type ShopperCells,
} from '../../app/shopper/cells/accounts-elsewhere.ts'
import { createShopperApp } from '../../app/shopper/shopper-app.ts'
import { readClockOffset } from '../../db/sandbox/sandbox-clock.ts'
import { type Clock, systemNow } from '../../kernel/clock.ts'
import { type Instant, plus } from '../../kernel/instant.ts'
import type { ConnectorParts } from '../../rails/card/connector.ts'
import type { CardAcquirer } from '../../rails/rail.ts'

type Parts = Pick<ReadPlanParts, 'frequencyOf'> & {
  readonly shopperParts: Omit<Parameters<typeof createShopperApp>[0], 'pool' | 'clock' | 'cells'>
  /** of this cell */
  readonly pool: pg.Pool
  /** undefined: this is the only cell */
  readonly cells: ShopperCells | undefined
  readonly http: ConnectorParts['http']
  readonly sandbox: CardAcquirer | undefined
}

/** What the pages do in another cell: made once for each, and only when somebody has an account there. */
type Desk = { readonly app: Omit<AccountPlace, 'shopperId'>; readonly refresh: () => Promise<void> }

/** Finds a shopper's accounts in other cells, and what is done with them there. */
export function createAccountsElsewhere(parts: Parts): App['accountsElsewhere'] {
  const { pool, cells } = parts
  if (!cells) return async () => ({ places: [], isWhole: true })
  const desks = new WeakMap<pg.Pool, Desk>()
  const placeAt = async (account: AccountElsewhere): Promise<AccountPlace> => {
    const desk = desks.get(account.pool) ?? openDesk(parts, { ...cells, own: account.cell }, account.pool)
    desks.set(account.pool, desk)
    await desk.refresh()
    return { ...desk.app, shopperId: account.shopper.id }
  }
  return async (id) => {
    const { accounts, isWhole } = await findAccountsElsewhere({ pool, cells }, id)
    const found = await Promise.all(accounts.map((each) => answerOf(placeAt(each))))
    const places = found.filter((each) => each !== undefined)
    return { places, isWhole: isWhole && places.length === found.length }
  }
}

function openDesk({ shopperParts, http, sandbox, frequencyOf }: Parts, cells: ShopperCells, pool: pg.Pool): Desk {
  const { mode, sealer } = shopperParts
  // Each cell's sandbox has a clock of its own. Whoever is asked here wants to know how late it is there at that moment.
  let offset = 0n
  const clock: Clock = { now: (): Instant => plus(systemNow(), offset) }
  const acquirers = createAcquirerDirectory(pool, sealer, sandbox, { http, clock })
  return {
    app: {
      merchants: createMerchantDirectory(pool),
      payments: createPaymentReader(pool),
      readPlan: createReadPlan({ pool, clock, frequencyOf }),
      shoppers: createShopperApp({ ...shopperParts, pool, clock, cells }),
      plans: createPlans({ pool, clock, acquirers, sealer, frequencyOf, tell: tellShoppers }),
    },
    refresh: async () => {
      if (mode === 'sandbox') offset = await readClockOffset(pool)
    },
  }
}
