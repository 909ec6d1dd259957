import { minute } from '../../kernel/instant.ts'
import type { TokenAmount } from '../../kernel/token-amount.ts'
import type { Address, Hash } from './address.ts'
import type { ChainTransfer } from './chain.ts'
import { dueUnits, leastUnits, type OpenAmount } from './open-amount.ts'

/**
 * What the payer's page has told about a payment: never a proof, since anybody may post the hash of anybody's transaction, and an account is
 * not signed for. It only decides where the amount alone cannot.
 */
export type Hint = {
  readonly transaction: Hash | null
  readonly payer: Address | null
}

/** An open amount with what was told about its payment, and who has paid a part of it already. */
export type Candidate = OpenAmount & { readonly hints: readonly Hint[]; readonly payers: readonly Address[] }

export type Match =
  | { readonly kind: 'matched'; readonly amount: Candidate; readonly by: 'amount' | 'transaction' | 'payer' }
  | { readonly kind: 'unmatched'; readonly reason: UnmatchedReason }
  /** no payment of anybody: nothing moved, or it moved in a circle */
  | { readonly kind: 'ignored' }

export type UnmatchedReason =
  /** no open payment asks for this amount, and nobody said which one it is for */
  | 'unknown_amount'
  /** more than one open payment fits */
  | 'ambiguous'
  /** sent before the payment that asks for it */
  | 'before_payment'
  /** the payment that asked for it has all of it, and this is from somebody else */
  | 'already_paid'
  /** the rate had ended, and at the price of now it was too little; or the payment is not watched any more */
  | 'too_late'
  /** a payment it was meant for did not take it */
  | 'refused'

/**
 * Which open payment a transfer is for. The exact amount decides; where none asks for it, the transaction that a page named, then the account
 * that a page named or that has paid a part before. When two fit, neither is chosen: the merchant decides by hand.
 *
 * `candidates` are open amounts of the transfer's chain, token and recipient; others are not looked at.
 */
export function matchTransfer(transfer: ChainTransfer, candidates: readonly Candidate[]): Match {
  if (transfer.units === 0n || transfer.from === transfer.to) return { kind: 'ignored' }
  const asked = candidates.filter((candidate) => isAsked(transfer, candidate))
  const open = asked.filter((candidate) => isInTime(transfer, candidate))
  const exact = open.filter((candidate) => asksFor(candidate, transfer.units))
  if (exact.length > 0) return one(exact, 'amount')
  const named = open.filter((candidate) => isNamed(transfer, candidate))
  if (named.length > 0) return one(named, 'transaction')
  const known = open.filter((candidate) => isPayer(transfer.from, candidate))
  if (known.length > 0) return one(known, 'payer')
  return { kind: 'unmatched', reason: whyNot(transfer, asked) }
}

/** A wallet's clock and a block's may differ: a transfer is not older than its payment for a minute's sake. */
const clockTolerance = minute

function isAsked(transfer: ChainTransfer, { chainId, token, recipient }: OpenAmount): boolean {
  return chainId === transfer.chainId && token === transfer.token && recipient === transfer.to
}

function isInTime({ at }: ChainTransfer, { createdAt, watchedUntil }: OpenAmount): boolean {
  return at >= createdAt - clockTolerance && at <= watchedUntil
}

/** The whole, or what a part payment left due. */
function asksFor(candidate: Candidate, units: TokenAmount): boolean {
  const due = dueUnits(candidate)
  return due > 0n && units === due
}

/** A hash alone, which anybody can read off the chain, may at most make up for a little that is missing; with its sender it names a part. */
function isNamed({ transaction, units, from }: ChainTransfer, candidate: Candidate): boolean {
  const named = candidate.hints.filter((hint) => hint.transaction === transaction)
  return named.some(({ payer }) => payer === from || units >= leastUnits(candidate))
}

function isPayer(from: Address, { hints, payers }: Candidate): boolean {
  return payers.includes(from) || hints.some(({ payer }) => payer === from)
}

function one(candidates: readonly Candidate[], by: 'amount' | 'transaction' | 'payer'): Match {
  const [amount] = candidates
  return amount && candidates.length === 1
    ? { kind: 'matched', amount, by }
    : { kind: 'unmatched', reason: 'ambiguous' }
}

function whyNot(transfer: ChainTransfer, asked: readonly Candidate[]): UnmatchedReason {
  const exact = asked.filter(({ units }) => units === transfer.units)
  if (exact.some(({ createdAt }) => transfer.at < createdAt - clockTolerance)) return 'before_payment'
  if (exact.some((each) => dueUnits(each) === 0n)) return 'already_paid'
  return exact.length > 0 ? 'too_late' : 'unknown_amount'
}
