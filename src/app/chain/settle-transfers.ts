import type pg from 'pg'
import { settleUnmatched } from '../../db/chain/inbox.ts'
import { listWaiting, moveToBlock, type WaitingTransfer } from '../../db/chain/transfers.ts'
import type { Hash } from '../../domain/chain/address.ts'
import { type BlockReference, type Chain, symbolOf, unexplainedRise } from '../../domain/chain/chain.ts'
import { type ChainProgress, isFinal } from '../../domain/chain/finality.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { ChainReader } from '../../rails/chain-reader.ts'
import type { CreditBook, TakenTransfer } from './credit-book.ts'

export type SettleParts = {
  readonly pool: pg.Pool
  readonly book: CreditBook
  readonly now: () => Instant
  readonly reader: ChainReader
  readonly chain: Chain
}

export type SettledCount = { readonly waiting: number; readonly final: number; readonly undone: number }

const mostAtOnce = 500

/** Where a transfer is on the chain as it is now. */
type Place = BlockReference | 'nowhere'

/**
 * Looks after the transfers that are not final: those whose block is deep enough become final, those whose block is gone are followed to where
 * their transaction is now, or undone when it is nowhere. Before either of the two, the chain itself is asked once more. `canonical` are the
 * hashes of the newest blocks, by number, as they were just scanned.
 */
export async function settleTransfers(
  parts: SettleParts,
  progress: ChainProgress,
  canonical: ReadonlyMap<bigint, Hash>,
): Promise<SettledCount> {
  const waiting = await listWaiting(parts.pool, parts.chain.id, mostAtOnce)
  const questionable = waiting.filter(({ transfer: { block }, asked }) => {
    const known = canonical.get(block.number)
    return (
      (known !== undefined && known !== block.hash) ||
      isFinal(block.number, progress, parts.chain, asked?.confirmations ?? null)
    )
  })
  const counts = { waiting: waiting.length, final: 0, undone: 0 }
  await Promise.all(
    questionable.map(async (stored) => {
      const { block } = stored.transfer
      const place = await placeOf(parts.reader, stored)
      const isThere = place !== 'nowhere' && place.hash === block.hash
      if (isThere && isFinal(block.number, progress, parts.chain, stored.asked?.confirmations ?? null)) {
        await settle(parts, stored, 'final')
        counts.final += 1
      } else if (place === 'nowhere' && canonical.get(block.number) !== block.hash) {
        await settle(parts, stored, 'undone')
        counts.undone += 1
      } else if (place !== 'nowhere' && !isThere)
        await moveToBlock(parts.pool, stored.merchantId, stored.transfer, place)
    }),
  )
  return { ...counts, waiting: counts.waiting - counts.final - counts.undone }
}

/** A transaction that was reverted when it was mined again has moved nothing. A rise of a balance belongs to its block and to no other. */
async function placeOf(reader: ChainReader, { transfer }: WaitingTransfer): Promise<Place> {
  if (transfer.logIndex <= unexplainedRise) {
    const block = await reader.block(transfer.block.number)
    return block?.hash === transfer.block.hash ? block : 'nowhere'
  }
  const receipt = await reader.receipt(transfer.transaction)
  return receipt?.isSuccess ? receipt.block : 'nowhere'
}

async function settle(parts: SettleParts, stored: WaitingTransfer, state: 'final' | 'undone'): Promise<void> {
  if (isTaken(stored)) await parts.book.settle(stored, state, symbolOf(parts.chain, stored.transfer.token))
  else await settleUnmatched(parts.pool, stored.merchantId, stored.transfer, state, parts.now())
}

function isTaken(stored: WaitingTransfer): stored is TakenTransfer {
  return stored.owner !== null && stored.asked !== null
}
