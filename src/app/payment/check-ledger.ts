import type pg from 'pg'
import { type Balance, type BooksCursor, findOrphanTransfers, readBalances, readBooks } from '../../db/ledger/ledger.ts'
import { inSnapshot } from '../../db/wire/transaction.ts'
import { type Discrepancy, provePayment } from '../../domain/ledger/prove.ts'
import type { MerchantId } from '../../kernel/ids.ts'

export type LedgerReport = {
  /** payments compared */
  readonly payments: number
  readonly balances: readonly Balance[]
  /** empty: payments and ledger agree */
  readonly discrepancies: readonly Discrepancy[]
}

const pageSize = 5_000

/**
 * Proves that payments and ledger agree, for one merchant or for all, at this moment and beside running traffic: one
 * snapshot, read in pages. `progress` is told the number of payments compared so far.
 */
export async function checkLedger(
  pool: pg.Pool,
  merchantId: MerchantId | null = null,
  progress: (payments: number) => void = () => {},
): Promise<LedgerReport> {
  return await inSnapshot(pool, async (client) => {
    const discrepancies: Discrepancy[] = []
    let payments = 0
    let after: BooksCursor
    for (;;) {
      const page = await readBooks(client, merchantId, after, pageSize)
      for (const { books, sums } of page) discrepancies.push(...provePayment(books, sums))
      payments += page.length
      progress(payments)
      const last = page.at(-1)?.books
      if (!last || page.length < pageSize) break
      after = { merchantId: last.merchantId, paymentId: last.id }
    }
    const orphans = await findOrphanTransfers(client, merchantId)
    discrepancies.push(...orphans.map((orphan) => ({ name: 'transfers_without_payment' as const, ...orphan })))
    return { payments, balances: await readBalances(client, merchantId), discrepancies }
  })
}
