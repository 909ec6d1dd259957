import type pg from 'pg'
import { deleteView, listViews, putView, type SavedView } from '../../db/user/saved-views.ts'
import type { UserId } from '../../domain/user/user.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

export type { SavedView } from '../../db/user/saved-views.ts'

type Owner = { readonly merchantId: MerchantId; readonly userId: UserId }

/** Filters of the order list that a person keeps, for one shop and for nobody else. Each throws `Unavailable` when the database is away. */
export type SavedViews = {
  readonly list: (owner: Owner) => Promise<readonly SavedView[]>
  /** In place of one of the same name. False when there are twenty already. */
  readonly put: (owner: Owner, view: SavedView) => Promise<boolean>
  readonly remove: (owner: Owner, name: string) => Promise<boolean>
}

const mostViews = 20

export function createSavedViews(pool: pg.Pool): SavedViews {
  return {
    list: (owner) => outageAsUnavailable(listViews(pool, owner)),
    put: (owner, view) => outageAsUnavailable(putView(pool, owner, view, mostViews)),
    remove: (owner, name) => outageAsUnavailable(deleteView(pool, owner, name)),
  }
}
