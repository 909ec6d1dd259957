import type pg from 'pg'
import { eraseShopper as erase, lockShopper } from '../../db/shopper/erase.ts'
import { hasOpenPlan } from '../../db/shopper/open-orders.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import type { ShopperId } from '../../domain/shopper/shopper.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/**
 * Forgets a shopper for good, unless something is still to be paid: then it could no longer be. Safe to repeat. Orders, plans and the ledger stay as
 * the books of their merchants, with nothing in them that is ours to forget (docs/decisions/0059-a-shoppers-data.md).
 */
export async function eraseShopper(pool: pg.Pool, id: ShopperId): Promise<Result<void, 'open_plan' | 'unknown'>> {
  return await outageAsUnavailable(
    keepIfOk(pool, async (client) => {
      const state = await lockShopper(client, id)
      if (state === undefined) return refuse('unknown')
      if (state === 'erased') return ok(undefined)
      if (await hasOpenPlan(client, id)) return refuse('open_plan')
      await erase(client, id)
      return ok(undefined)
    }),
  )
}
