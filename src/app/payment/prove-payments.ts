import type pg from 'pg'
import { type BooksCursor, findPaymentlessTransfers, readBooks } from '../../db/ledger/ledger.ts'
import { type Discrepancy, provePayment } from '../../domain/ledger/prove.ts'
import type { MerchantId } from '../../kernel/ids.ts'

/** Compares all sources of one kind with their transfers, in one snapshot. Answers how many there are. */
export type ProveSources = (proof: {
  readonly client: pg.PoolClient
  /** null: of all merchants */
  readonly merchantId: MerchantId | null
  readonly found: (discrepancy: Discrepancy) => void
  /** told how many were compared so far */
  readonly progress: (count: number) => void
}) => Promise<number>

const pageSize = 5_000

export const provePayments: ProveSources = async ({ client, merchantId, found, progress }) => {
  let count = 0
  let after: BooksCursor
  for (;;) {
    const page = await readBooks(client, merchantId, after, pageSize)
    for (const { books, sums } of page) for (const each of provePayment(books, sums)) found(each)
    count += page.length
    progress(count)
    const last = page.at(-1)?.books
    if (!last || page.length < pageSize) break
    after = { merchantId: last.merchantId, paymentId: last.id }
  }
  const orphans = await findPaymentlessTransfers(client, merchantId)
  for (const orphan of orphans) found({ ...orphan, name: 'transfers_without_source' })
  return count
}
