import type pg from 'pg'
import { eraseShopper as erase, lockShopper } from '../../db/shopper/erase.ts'
import { hasOpenPlan } from '../../db/shopper/open-orders.ts'
import { forgetShopperCells } from '../../db/shopper/shopper-cells.ts'
import { listContacts } from '../../db/shopper/shoppers.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import type { ShopperId } from '../../domain/shopper/shopper.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { findEveryAccount, type ShopperCells } from './cells/accounts-elsewhere.ts'

export type EraseRefusal = 'open_plan' | 'unknown'

/**
 * Forgets a shopper for good, in every cell that has an account of theirs, unless something is still to be paid in one of them: then it could no
 * longer be. Safe to repeat, and to be repeated when it was interrupted: this account is the last. Orders, plans and the ledger stay as
 * the books of their merchants, with nothing in them that is ours to forget (docs/decisions/0059-a-shoppers-data.md).
 */
export async function eraseShopper(
  { pool, cells }: { readonly pool: pg.Pool; readonly cells?: ShopperCells | undefined },
  id: ShopperId,
): Promise<Result<void, EraseRefusal>> {
  const others = await findEveryAccount({ pool, cells }, id)
  const accounts = [...others.map(({ pool: there, shopper }) => ({ pool: there, id: shopper.id })), { pool, id }]
  // Before anything is forgotten anywhere.
  for (const each of accounts)
    if (await outageAsUnavailable(hasOpenPlan(each.pool, each.id))) return refuse('open_plan')
  const contacts = await outageAsUnavailable(listContacts(pool, id))
  for (const each of accounts.slice(0, -1)) {
    const erased = await eraseAccount(each.pool, each.id)
    if (!erased.ok) return erased
  }
  if (cells && contacts.length > 0) await outageAsUnavailable(forgetShopperCells(cells.directory, contacts))
  return await eraseAccount(pool, id)
}

async function eraseAccount(pool: pg.Pool, id: ShopperId): Promise<Result<void, EraseRefusal>> {
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
