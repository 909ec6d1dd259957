import type pg from 'pg'
import { findCandidates, type OwnedTransfer } from '../../db/chain/candidates.ts'
import { findKnown, keepUnmatched, moveToBlock, type NewChainTransfer } from '../../db/chain/transfers.ts'
import type { Address } from '../../domain/chain/address.ts'
import { type Chain, type ChainTransfer, symbolOf, transferKey } from '../../domain/chain/chain.ts'
import { minorAdded } from '../../domain/chain/exact-amount.ts'
import { type Candidate, matchTransfer, type UnmatchedReason } from '../../domain/chain/match-transfer.ts'
import { isLate, type OpenAmount } from '../../domain/chain/open-amount.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { addUnits, type TokenAmount } from '../../kernel/token-amount.ts'
import type { Credit, CreditBook } from './credit-book.ts'

export type TakeParts = {
  readonly pool: pg.Pool
  readonly book: CreditBook
  readonly now: () => Instant
  readonly chain: Pick<Chain, 'tokens'>
  /** whether so many units are, at the price of now, still worth what an amount stands for; asked of what comes late */
  readonly isWorthIt: (amount: OpenAmount, units: TokenAmount) => boolean
}

export type TakenCount = { readonly credited: number; readonly unmatched: number }

/** So many are looked up and credited at once: a few full batches of the engine. */
const mostAtOnce = 512

/**
 * Takes what arrived at wallets: each transfer is credited to the payment it is for, or put into its merchant's inbox, once, however often it
 * is told. One that a reorganisation has moved is followed to its new block. Returns when everything is committed.
 */
export async function takeTransfers(
  parts: TakeParts,
  transfers: readonly ChainTransfer[],
  merchants: ReadonlyMap<Address, MerchantId>,
): Promise<TakenCount> {
  const owned = inOrder(transfers).flatMap((transfer): OwnedTransfer[] => {
    const merchantId = merchants.get(transfer.to)
    return merchantId === undefined ? [] : [{ merchantId, transfer }]
  })
  let [credited, unmatched] = [0, 0]
  for (let at = 0; at < owned.length; at += mostAtOnce) {
    const count = await takePart(parts, owned.slice(at, at + mostAtOnce))
    credited += count.credited
    unmatched += count.unmatched
  }
  return { credited, unmatched }
}

async function takePart(parts: TakeParts, owned: readonly OwnedTransfer[]): Promise<TakenCount> {
  const fresh = await leaveKnown(parts.pool, owned)
  if (fresh.length === 0) return { credited: 0, unmatched: 0 }
  const candidates = await findCandidates(parts.pool, fresh)
  const { credits, unmatched } = matchAll(parts, fresh, candidates)
  const taken = await Promise.all(credits.map(async ({ credit }) => await parts.book.see(credit)))
  const refused = credits.filter((_, i) => taken[i] === 'refused')
  const at = parts.now()
  const rows: NewChainTransfer[] = [
    ...unmatched,
    ...refused.map((each) => ({ ...each, reason: 'refused' as const })),
  ].map(({ merchantId, transfer, reason }) => ({ merchantId, transfer, reason, owner: null, at }))
  if (rows.length > 0) await keepUnmatched(parts.pool, rows)
  return { credited: taken.filter((each) => each === 'taken').length, unmatched: rows.length }
}

/**
 * As a chain orders them, so that of two for the same amount the first is credited, whoever tells of them. One that is told twice in one breath, as
 * some endpoints tell a log, is one.
 */
function inOrder(transfers: readonly ChainTransfer[]): ChainTransfer[] {
  const once = new Map(transfers.map((each) => [transferKey(each), each]))
  return [...once.values()].toSorted((a, b) => Number(a.block.number - b.block.number) || a.logIndex - b.logIndex)
}

async function leaveKnown(pool: pg.Pool, owned: readonly OwnedTransfer[]): Promise<OwnedTransfer[]> {
  if (owned.length === 0) return []
  const known = await findKnown(pool, owned)
  const fresh: OwnedTransfer[] = []
  for (const each of owned) {
    const stored = known.get(transferKey(each.transfer))
    if (!stored || stored.state === 'undone') fresh.push(each)
    else if (stored.state === 'seen' && stored.transfer.block.hash !== each.transfer.block.hash)
      await moveToBlock(pool, each.merchantId, each.transfer, each.transfer.block)
  }
  return fresh
}

type Unmatched = OwnedTransfer & { readonly reason: UnmatchedReason }
type OwnedCredit = OwnedTransfer & { readonly credit: Credit }

/** One after another over the amounts as they fill: the second of two equal transfers meets an amount that is paid already. */
function matchAll(
  { chain, isWorthIt }: TakeParts,
  owned: readonly OwnedTransfer[],
  candidates: readonly Candidate[],
): { credits: OwnedCredit[]; unmatched: Unmatched[] } {
  const byWallet = Map.groupBy(candidates, (each) => walletOf(each, each.recipient))
  const credits: OwnedCredit[] = []
  const unmatched: Unmatched[] = []
  for (const each of owned) {
    const { transfer } = each
    const asked = byWallet.get(walletOf(transfer, transfer.to)) ?? []
    const match = matchTransfer(transfer, asked)
    if (match.kind === 'unmatched') unmatched.push({ ...each, reason: match.reason })
    if (match.kind !== 'matched') continue
    const { amount } = match
    if (isLate(transfer.at, amount) && !isWorthIt(amount, addUnits(amount.received, transfer.units))) {
      unmatched.push({ ...each, reason: 'too_late' })
      continue
    }
    credits.push({ ...each, credit: { ...creditOf(transfer, amount), asset: symbolOf(chain, transfer.token) } })
    asked[asked.indexOf(amount)] = filled(amount, transfer)
  }
  return { credits, unmatched }
}

function creditOf(transfer: ChainTransfer, amount: Candidate): Omit<Credit, 'asset'> {
  const minor = minorAdded(amount, transfer.units)
  return { transfer, amount, owner: { paymentId: amount.paymentId, number: amount.number, minor } }
}

function filled(amount: Candidate, { units, from }: ChainTransfer): Candidate {
  return { ...amount, received: addUnits(amount.received, units), payers: [...amount.payers, from] }
}

function walletOf({ chainId, token }: Pick<ChainTransfer, 'chainId' | 'token'>, recipient: Address): string {
  return `${chainId}/${token}/${recipient}`
}
