import type pg from 'pg'
import { findMerchant } from '../../db/merchant/merchants.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { MerchantId } from '../../kernel/ids.ts'

/** Merchants by id, each read once: for the length of one run of a job, so that no change is missed for long. */
export function createTermsOf(pool: pg.Pool): (id: MerchantId) => Promise<MerchantTerms | undefined> {
  const known = new Map<MerchantId, Promise<MerchantTerms | undefined>>()
  return (id) => {
    const terms = known.get(id) ?? findMerchant(pool, id)
    known.set(id, terms)
    return terms
  }
}
