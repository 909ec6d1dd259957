import type pg from 'pg'
import { lockMerchant, updateMerchant } from '../../db/merchant/change-merchant.ts'
import { findMerchant } from '../../db/merchant/merchants.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { type MerchantInput, merchantProblem } from './add-merchant.ts'

/** What an operator may change. The currency is not among them: every stored amount is in it. */
export type MerchantChange = Partial<Omit<MerchantInput, 'currency'>>

/**
 * Changes a merchant's terms for payments that are made from now on; each payment keeps the fee it was made with. Answers the new
 * terms, or the sentence that says what is wrong with them. Throws `Unavailable` when the database is away.
 */
export async function changeMerchant(
  pool: pg.Pool,
  id: MerchantId,
  change: MerchantChange,
): Promise<Result<MerchantTerms, string>> {
  return await outageAsUnavailable(
    keepIfOk(pool, async (client) => {
      const terms = (await lockMerchant(client, id)) ? await findMerchant(client, id) : undefined
      if (!terms) return refuse('there is no such merchant')
      const changed = { ...terms, ...change }
      const problem = merchantProblem(changed)
      if (problem !== undefined) return refuse(problem)
      await updateMerchant(client, changed)
      return ok(changed)
    }),
  )
}
