import type pg from 'pg'
import { listAmounts } from '../../db/chain/amounts.ts'
import { dismissTransfer, listInbox } from '../../db/chain/inbox.ts'
import type { StoredTransfer } from '../../db/chain/stored-transfer.ts'
import { findKnown } from '../../db/chain/transfers.ts'
import { type TransferKey, transferKey } from '../../domain/chain/chain.ts'
import { minorAdded } from '../../domain/chain/exact-amount.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { CreditBook } from './credit-book.ts'

export type { StoredTransfer }

export type AttachRefusal =
  /** it is not in this merchant's inbox, or not any more */
  | 'not_in_inbox'
  /** the payment never asked for that token on that chain, so that nobody agreed on a rate */
  | 'never_asked'
  /** the payment does not take anything any more */
  | 'refused'

/** What arrived at a merchant's wallets and no payment took. Each throws `Unavailable` when the database is away. */
export type ChainInbox = {
  /** newest first */
  readonly list: (merchantId: MerchantId, limit: number) => Promise<readonly StoredTransfer[]>
  /** Takes it for a payment, at the rate that was agreed on last. Its confirmations count like any other's. */
  readonly attach: (
    merchantId: MerchantId,
    key: TransferKey,
    paymentId: PaymentId,
  ) => Promise<Result<undefined, AttachRefusal>>
  /** For no payment: a gift, or something that the merchant's own wallet gives back. False when it is not in the inbox. */
  readonly dismiss: (merchantId: MerchantId, key: TransferKey) => Promise<boolean>
}

export function createChainInbox(parts: {
  readonly pool: pg.Pool
  readonly book: CreditBook
  readonly clock: Clock
}): ChainInbox {
  const { pool, clock } = parts
  return {
    list: (merchantId, limit) => outageAsUnavailable(listInbox(pool, merchantId, limit)),
    attach: (merchantId, key, paymentId) => outageAsUnavailable(attach(parts, merchantId, key, paymentId)),
    dismiss: (merchantId, key) => outageAsUnavailable(dismissTransfer(pool, merchantId, key, clock.now())),
  }
}

async function attach(
  { pool, book }: { readonly pool: pg.Pool; readonly book: CreditBook },
  merchantId: MerchantId,
  key: TransferKey,
  paymentId: PaymentId,
): Promise<Result<undefined, AttachRefusal>> {
  const stored = (await findKnown(pool, [{ merchantId, transfer: key }])).get(transferKey(key))
  if (!stored || stored.owner !== null || stored.dismissedAt !== null || stored.state === 'undone')
    return refuse('not_in_inbox')
  const { transfer } = stored
  const amounts = await listAmounts(pool, merchantId, paymentId)
  const amount = amounts.findLast(({ chainId, token }) => chainId === transfer.chainId && token === transfer.token)
  if (!amount) return refuse('never_asked')
  const minor = minorAdded(amount, transfer.units)
  const owner = { paymentId, number: amount.number, minor }
  const answer = await book.attach({ transfer, amount, owner })
  if (answer === 'taken') return ok(undefined)
  return refuse(answer === 'known' ? 'not_in_inbox' : 'refused')
}
