import type { TransferOwner } from '../../db/chain/stored-transfer.ts'
import type { WaitingTransfer } from '../../db/chain/transfers.ts'
import type { ChainTransfer } from '../../domain/chain/chain.ts'
import type { OpenAmount } from '../../domain/chain/open-amount.ts'

/** A transfer that was matched, and what it is worth to its payment. */
export type Credit = {
  readonly transfer: ChainTransfer
  readonly amount: OpenAmount
  readonly owner: TransferOwner
  /** symbol of the token, for people to read */
  readonly asset: string
}

/** A transfer that a payment has taken. */
export type TakenTransfer = WaitingTransfer & {
  readonly owner: TransferOwner
  readonly asked: NonNullable<WaitingTransfer['asked']>
}

/**
 * Where payments learn of their transfers, each step in one transaction with the transfer's own row. All of it is safe to repeat: a step that
 * was taken before is `known` and moves nothing. Throws `Unavailable`.
 */
export type CreditBook = {
  readonly see: (credit: Credit) => Promise<'taken' | 'known' | 'refused'>
  /** The same for one that stands in an inbox: `known` when it does not any more. */
  readonly attach: (credit: Omit<Credit, 'asset'>) => Promise<'taken' | 'known' | 'refused'>
  readonly settle: (
    taken: TakenTransfer,
    state: 'final' | 'undone',
    asset: string,
  ) => Promise<'taken' | 'known' | 'refused'>
}
