import type pg from 'pg'
import { findCandidates } from '../../db/chain/candidates.ts'
import { insertHint, type NewHint } from '../../db/chain/hints.ts'
import { findInInbox } from '../../db/chain/inbox.ts'
import { minorAdded } from '../../domain/chain/exact-amount.ts'
import { matchTransfer } from '../../domain/chain/match-transfer.ts'
import { isLate } from '../../domain/chain/open-amount.ts'
import type { CreditBook } from './credit-book.ts'

/**
 * Keeps what a payer's page told. A chain may be quicker than the page: a transaction that stands in the inbox already is looked at again, by
 * the same rules, now that somebody said what it is for. One that came late stays there for the merchant.
 */
export async function tellHint(
  { pool, book }: { readonly pool: pg.Pool; readonly book: CreditBook },
  hint: NewHint,
): Promise<void> {
  await insertHint(pool, hint)
  const { merchantId, chainId, transaction } = hint
  if (transaction === null) return
  for (const { transfer } of await findInInbox(pool, merchantId, chainId, transaction)) {
    const match = matchTransfer(transfer, await findCandidates(pool, [{ merchantId, transfer }]))
    if (match.kind !== 'matched' || isLate(transfer.at, match.amount)) continue
    const { amount } = match
    const minor = minorAdded(amount, transfer.units)
    await book.attach({ transfer, amount, owner: { paymentId: amount.paymentId, number: amount.number, minor } })
  }
}
