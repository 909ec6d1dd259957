import type pg from 'pg'
import { findBrand } from '../../db/merchant/brands.ts'
import { lockMerchant, updateMerchant } from '../../db/merchant/change-merchant.ts'
import { findLending, type Lending, updateLending } from '../../db/merchant/lending.ts'
import { findMerchant } from '../../db/merchant/merchants.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import type { Brand } from '../../domain/merchant/brand.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import type { By } from '../audit/audit-log.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { type MerchantInput, merchantProblem } from './add-merchant.ts'
import { type BrandChange, changeBrandIn } from './brand.ts'

/** What an operator may change. The currency is not among them: every stored amount is in it. */
export type MerchantChange = {
  readonly terms: Partial<Omit<MerchantInput, 'currency'>>
  readonly brand: BrandChange
  readonly lending: Partial<Lending>
}

export type ChangedMerchant = { readonly terms: MerchantTerms; readonly brand: Brand; readonly lending: Lending }

/**
 * Changes a merchant's terms for payments that are made from now on, each payment keeping the fee it was made with, and how its pages look
 * and what is lent: all of it, or nothing and the sentence that says what is wrong. Throws `Unavailable` when the database is away.
 */
export async function changeMerchant(
  pool: pg.Pool,
  id: MerchantId,
  change: MerchantChange,
  noted: { readonly by: By; readonly clock: Clock },
): Promise<Result<ChangedMerchant, string>> {
  return await outageAsUnavailable(
    keepIfOk(pool, async (client) => {
      const terms = await changeTerms(client, id, change.terms)
      if (!terms.ok) return terms
      const isBrandNew = Object.keys(change.brand).length > 0
      const brand = isBrandNew ? await changeBrandIn(client, id, change.brand, noted) : ok(await findBrand(client, id))
      if (!brand.ok) return refuse(brand.reason.sentence)
      await updateLending(client, id, change.lending)
      return ok({ terms: terms.value, brand: brand.value, lending: await findLending(client, id) })
    }),
  )
}

async function changeTerms(
  client: pg.PoolClient,
  id: MerchantId,
  change: MerchantChange['terms'],
): Promise<Result<MerchantTerms, string>> {
  const terms = (await lockMerchant(client, id)) ? await findMerchant(client, id) : undefined
  if (!terms) return refuse('there is no such merchant')
  const changed = { ...terms, ...change }
  const problem = merchantProblem(changed)
  if (problem !== undefined) return refuse(problem)
  await updateMerchant(client, changed)
  return ok(changed)
}
