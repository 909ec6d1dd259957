import type pg from 'pg'
import { insertLateFeeTerms, listLateFeeTerms } from '../../db/instalments/late-fees.ts'
import {
  checkLateFeeTerms,
  type LateFeeTerms,
  type LateFeeTermsRefusal,
  readStoredTerms,
  storedTerms,
} from '../../domain/instalments/late-fee-terms.ts'
import { instalmentCurrency } from '../../domain/instalments/products.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Instant } from '../../kernel/instant.ts'
import { ok, type Result } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** What stands for a country now; null where nothing does. Throws `Unavailable`. */
export type ReadLateFeeTerms = (country: string) => Promise<LateFeeTerms | null>

export function createReadLateFeeTerms(pool: pg.Pool): ReadLateFeeTerms {
  return async (country) => {
    const stored = await outageAsUnavailable(listLateFeeTerms(pool, country))
    const terms = stored.find(({ currency }) => currency === instalmentCurrency)
    return terms && terms.stages.length > 0 ? readStoredTerms(terms) : null
  }
}

export type SetTerms = { readonly country: string; readonly terms: LateFeeTerms }

/** From now on orders are authorized under these terms; those before keep theirs. Answers since when they stand. */
export async function setLateFeeTerms(
  { pool, clock }: { readonly pool: pg.Pool; readonly clock: Clock },
  { country, terms }: SetTerms,
): Promise<Result<Instant, LateFeeTermsRefusal>> {
  const checked = checkLateFeeTerms(terms)
  if (!checked.ok) return checked
  const since = clock.now()
  const row = { ...storedTerms(terms), country, currency: instalmentCurrency, since }
  await outageAsUnavailable(insertLateFeeTerms(pool, row))
  return ok(since)
}
