import type pg from 'pg'
import type { ShopperId } from '../../../domain/shopper/shopper.ts'
import { outageAsUnavailable } from '../../shared/outage.ts'
import type { ShopperParts } from '../shopper-parts.ts'
import { answerOf, findAccountsElsewhere } from './accounts-elsewhere.ts'

/** Changes the account, and those that its shopper has in other cells as far as these answer: nobody's change here waits for them. */
export async function everywhere(
  parts: ShopperParts,
  id: ShopperId,
  change: (pool: pg.Pool, id: ShopperId) => Promise<void>,
): Promise<void> {
  await outageAsUnavailable(change(parts.pool, id))
  const { accounts } = await findAccountsElsewhere(parts, id)
  for (const { pool, shopper } of accounts) await answerOf(change(pool, shopper.id))
}
