import type pg from 'pg'
import { listWatchedWallets, type WatchedWallet } from '../../db/chain/wallets.ts'
import { blocksKept, forgetChain, holdWatch, listBlocks, moveCursor } from '../../db/chain/watch.ts'
import { type Address, coin, type Hash } from '../../domain/chain/address.ts'
import type { BlockReference, Chain } from '../../domain/chain/chain.ts'
import type { ChainProgress } from '../../domain/chain/finality.ts'
import type { Instant } from '../../kernel/instant.ts'
import { lesserOf } from '../../kernel/lesser-of.ts'
import { type ChainReader, mostBlocksAtOnce, type TransferQuery } from '../../rails/chain-reader.ts'
import type { CreditBook } from './credit-book.ts'
import { findFirstBlock } from './first-block.ts'
import { type SettledCount, settleTransfers } from './settle-transfers.ts'
import { type TakeParts, takeTransfers } from './take-transfers.ts'

export type FollowParts = {
  readonly pool: pg.Pool
  readonly book: CreditBook
  readonly now: () => Instant
  readonly isWorthIt: TakeParts['isWorthIt']
  readonly reader: ChainReader
  readonly chain: Chain
  /** names this watcher among those of other processes */
  readonly holder: string
  readonly leaseMs: number
}

export type FollowResult =
  /** another process watches this chain */
  { readonly kind: 'elsewhere' } | ({ readonly kind: 'followed'; readonly isAtHead: boolean } & SettledCount)

/** Read again with every step: an endpoint may have had a block before it had all of it. */
const overlap = 3n

/**
 * Read again by the first step of a watcher, which is a new one after each change of the chain's settings: a token is offered on the pay page from its
 * first moment, and whoever watched until then may have known nothing of it for some seconds.
 */
const firstOverlap = 50n

/** The chain and what is remembered of it have nothing in common any more: nothing that is final can be told from what is not. */
class TooDeepReorganisation extends Error {}

/**
 * Follows one chain by one step: takes or keeps the watch, finds where the chain and what was scanned of it part, reads on from there up to the
 * head or as far as a step goes, credits what arrived, and settles what has become final or is gone. The cursor moves last, so that whatever
 * was interrupted is done again. With nothing new since `previous` it is one question to the chain. Throws `ChainUnavailable` and `Unavailable`.
 */
export async function followChain(parts: FollowParts, previous?: FollowResult): Promise<FollowResult> {
  const { pool, chain, reader, holder } = parts
  const held = await holdWatch(pool, chain.id, holder, parts.leaseMs)
  if (!held) return { kind: 'elsewhere' }
  const progress = await reader.progress()
  if (previous?.kind === 'followed' && previous.waiting === 0 && held.scanned === progress.head) return previous
  const wallets = await listWatchedWallets(pool, chain.id)
  const remembered = await listBlocks(pool, chain.id)
  const fork = await forkOf(parts, remembered, held.scanned, progress)
  const from = fork === null ? await findFirstBlock(parts, chain.id, progress.head) : fork + 1n
  const to = lesserOf(progress.head, from + BigInt(mostBlocksAtOnce) - 1n)
  const canonical = new Map(remembered.filter(({ number }) => number < from).map(({ number, hash }) => [number, hash]))
  const isFirst = previous?.kind !== 'followed'
  const back = isFirst ? firstOverlap : overlap
  const again = larger(larger(from - back, 1n), to - BigInt(mostBlocksAtOnce) + 1n)
  const start = fork === held.scanned && fork !== null ? again : from
  // An endpoint that lags behind what was scanned says nothing new, and would lead the cursor back.
  const hasMore = to >= from || (isFirst && to === fork && to >= start)
  if (hasMore) {
    const { blocks, transfers } = await reader.scan(queryOf(chain, wallets, start, to))
    if (blocks[0] && !continues(blocks[0], canonical)) return { kind: 'followed', isAtHead: false, ...nothing }
    for (const { number, hash } of blocks) canonical.set(number, hash)
    // What was undone comes first: the same payer may have sent the same again, and it must find its amount open.
    if (fork !== held.scanned) await settleTransfers(parts, { ...progress, head: to }, canonical)
    await takeTransfers(parts, transfers, merchantsOf(wallets))
    const kept = blocks.filter(({ number }) => number > to - BigInt(blocksKept))
    if (!(await moveCursor(pool, { chainId: chain.id, holder, scanned: to, blocks: kept, progress })))
      return { kind: 'elsewhere' }
  }
  const settled = await settleTransfers(parts, { ...progress, head: larger(to, 0n) }, canonical)
  return { kind: 'followed', isAtHead: to >= progress.head, ...settled }
}

const nothing: SettledCount = { waiting: 1, final: 0, undone: 0 }

/**
 * The newest scanned block that is still on the chain; null when nothing was scanned. A head below what was scanned is either an endpoint that
 * lags, then its head is known, or a chain that was reorganised to a shorter one.
 */
async function forkOf(
  { reader, pool, chain }: FollowParts,
  remembered: readonly BlockReference[],
  scanned: bigint | null,
  { head }: ChainProgress,
): Promise<bigint | null> {
  if (scanned === null) return null
  for (const { number, hash } of remembered) {
    if (number > head) continue
    const block = await reader.block(number)
    if (block?.hash === hash) return head < scanned && number === head ? scanned : number
  }
  if (!chain.isLocal)
    throw new TooDeepReorganisation(`chain ${chain.id} has none of the ${remembered.length} blocks that are remembered`)
  await forgetChain(pool, chain.id)
  return null
}

/** Two endpoints that are on different forks: the next step finds out which one the chain is on. */
function continues(
  first: BlockReference & { readonly parentHash: Hash },
  canonical: ReadonlyMap<bigint, Hash>,
): boolean {
  const before = canonical.get(first.number - 1n)
  return before === undefined || before === first.parentHash
}

function queryOf(chain: Chain, wallets: readonly WatchedWallet[], from: bigint, to: bigint): TransferQuery {
  return {
    from,
    to,
    tokens: chain.tokens.map(({ address }) => address).filter((address) => address !== coin),
    recipients: wallets.map(({ address }) => address),
    coinRecipients: wallets.filter(({ wantsCoin }) => wantsCoin).map(({ address }) => address),
  }
}

function merchantsOf(wallets: readonly WatchedWallet[]): ReadonlyMap<Address, WatchedWallet['merchantId']> {
  return new Map(wallets.map(({ address, merchantId }) => [address, merchantId]))
}

function larger(left: bigint, right: bigint): bigint {
  return left > right ? left : right
}
