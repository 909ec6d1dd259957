import type pg from 'pg'
import { listAmounts, type QuotedAmount } from '../../db/chain/amounts.ts'
import { listStraysOf } from '../../db/chain/inbox.ts'
import type { StoredTransfer } from '../../db/chain/stored-transfer.ts'
import { listTransfersOf } from '../../db/chain/transfers.ts'
import { listProgress } from '../../db/chain/watch.ts'
import type { Address, ChainId, Hash } from '../../domain/chain/address.ts'
import type { ChainProgress } from '../../domain/chain/finality.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Result } from '../../kernel/result.ts'
import type { PriceBook } from '../../rails/quotes/price-book.ts'
import type { ClaimNames } from '../cell/cell-directory.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { type AskRefusal, askAmount, listChoices, type PaymentChoice } from './ask-amount.ts'
import { type ChainInbox, createChainInbox } from './chain-inbox.ts'
import { type ChainSettings, createChainSettings } from './chain-settings.ts'
import type { CreditBook } from './credit-book.ts'
import { tellHint } from './tell-hint.ts'

export type { StoredTransfer }

/** How far a payment has come on its chains. */
export type ChainPaymentState = {
  /** every exact amount it has asked for, oldest first */
  readonly amounts: readonly QuotedAmount[]
  /** what was taken for it, oldest first, undone ones included */
  readonly transfers: readonly StoredTransfer[]
  /** what arrived for it and it did not take, which the merchant has in the inbox: too late, twice, of another amount */
  readonly strays: readonly StoredTransfer[]
  /** how far each chain was read */
  readonly progress: ReadonlyMap<ChainId, ChainProgress>
}

/** Paying on chains, as a payment's page and API need it. Each throws `Unavailable` when the database is away. */
export type ChainPayments = {
  readonly choices: (merchantId: MerchantId) => Promise<readonly PaymentChoice[]>
  /** The exact amount in a token of the payer's choice. Waits for no price and no chain. */
  readonly ask: (
    payment: Pick<Payment, 'merchantId' | 'id' | 'state' | 'currency' | 'total' | 'received'>,
    wish: { readonly chainId: ChainId; readonly token: Address },
  ) => Promise<Result<QuotedAmount, AskRefusal>>
  /** What a payer's page says it has sent, or from where. Believed only where the amount alone does not decide. */
  readonly tell: (hint: {
    readonly merchantId: MerchantId
    readonly paymentId: PaymentId
    readonly chainId: ChainId
    readonly transaction: Hash | null
    readonly payer: Address | null
  }) => Promise<void>
  readonly inbox: ChainInbox
  readonly settings: ChainSettings
  readonly state: (merchantId: MerchantId, paymentId: PaymentId) => Promise<ChainPaymentState>
}

export function createChainPayments(parts: {
  readonly pool: pg.Pool
  readonly prices: PriceBook
  readonly clock: Clock
  readonly book: CreditBook
  /** a hint may let a transfer match that is there already */
  readonly nudge: () => void
  /** an address is one merchant's over all cells; default nothing */
  readonly claim?: ClaimNames | undefined
}): ChainPayments {
  const { pool, clock } = parts
  return {
    choices: (merchantId) => outageAsUnavailable(listChoices(pool, merchantId)),
    ask: (payment, wish) => outageAsUnavailable(askAmount(parts, payment, wish, clock.now())),
    tell: async (hint) => {
      await outageAsUnavailable(tellHint(parts, { ...hint, at: clock.now() }))
      parts.nudge()
    },
    inbox: createChainInbox(parts),
    settings: createChainSettings(parts),
    state: async (merchantId, paymentId) => {
      const [amounts, transfers, strays, progress] = await outageAsUnavailable(
        Promise.all([
          listAmounts(pool, merchantId, paymentId),
          listTransfersOf(pool, merchantId, paymentId),
          listStraysOf(pool, merchantId, paymentId),
          listProgress(pool),
        ]),
      )
      return { amounts, transfers, strays, progress }
    },
  }
}
