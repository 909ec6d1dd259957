import type { PaymentChoice } from '../../app/chain/ask-amount.ts'
import type { ChainPaymentState } from '../../app/chain/chain-payments.ts'
import { confirmationsOf } from '../../domain/chain/finality.ts'
import { dueUnits, isLate } from '../../domain/chain/open-amount.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Instant } from '../../kernel/instant.ts'
import { subtractUnits, type TokenAmount } from '../../kernel/token-amount.ts'

export type Amount = ChainPaymentState['amounts'][number]

/** What a payer is to know and to do now. */
export type Stage =
  /** choose a token; `isAnew` when the price of the last choice has ended */
  | { readonly kind: 'choosing'; readonly isAnew: boolean }
  /** send an exact amount */
  | { readonly kind: 'waiting'; readonly amount: Amount }
  /** a part of it came: send the rest */
  | { readonly kind: 'partial'; readonly amount: Amount }
  /** all of it came, and can still be undone */
  | { readonly kind: 'confirming'; readonly confirmations: number; readonly needed: number }
  /** `got` is what came, `over` what of it came on top; `isLate` when its price had ended */
  | {
      readonly kind: 'paid'
      readonly got: Amount | null
      readonly over: { readonly amount: Amount; readonly units: TokenAmount } | null
      readonly isLate: boolean
    }
  /** its time is up; `part` is what came before */
  | { readonly kind: 'expired'; readonly part: Amount | null }
  /** the merchant has called it off */
  | { readonly kind: 'cancelled' }

export type StageFacts = {
  readonly payment: Pick<Payment, 'state' | 'captured' | 'voidedAt'>
  readonly state: ChainPaymentState
  readonly choices: readonly PaymentChoice[]
  readonly now: Instant
  /** the payer looks at the choice again */
  readonly wantsChoice: boolean
}

/** Where a payment stands, out of what is stored of it. */
export function stageOf({ payment, state, choices, now, wantsChoice }: StageFacts): Stage {
  const { amounts } = state
  if (payment.captured > 0n)
    return { kind: 'paid', got: gotIn(amounts), over: overOf(amounts), isLate: cameLate(state) }
  if (payment.voidedAt !== null) return { kind: 'cancelled' }
  if (payment.state === 'processing') return { kind: 'confirming', ...confirmationsIn(state, choices) }
  if (payment.state !== 'created') return { kind: 'expired', part: gotIn(amounts) }
  const amount = wantsChoice ? undefined : newestOpen(amounts, choices, now)
  if (!amount) return { kind: 'choosing', isAnew: amounts.length > 0 && !wantsChoice }
  return { kind: amount.received > 0n ? 'partial' : 'waiting', amount }
}

/** One whose price still holds, or to which a part has come already. */
function newestOpen(amounts: readonly Amount[], choices: readonly PaymentChoice[], now: Instant): Amount | undefined {
  return amounts.findLast(
    (amount) =>
      amount.closedAt === null &&
      dueUnits(amount) > 0n &&
      (amount.expiresAt > now || amount.received > 0n) &&
      choiceOf(choices, amount) !== undefined,
  )
}

/** The chain and the token of an amount, while the merchant still takes them. */
export function choiceOf(
  choices: readonly PaymentChoice[],
  { chainId, token }: Pick<Amount, 'chainId' | 'token'>,
): PaymentChoice | undefined {
  return choices.find((each) => each.chain.id === chainId && each.token.address === token)
}

function gotIn(amounts: readonly Amount[]): Amount | null {
  return amounts.find(({ received }) => received > 0n) ?? null
}

function overOf(amounts: readonly Amount[]): { amount: Amount; units: TokenAmount } | null {
  const amount = amounts.find(({ units, received }) => received > units)
  return amount ? { amount, units: subtractUnits(amount.received, amount.units) } : null
}

function cameLate({ amounts, transfers }: ChainPaymentState): boolean {
  return transfers.some(({ transfer, owner, state }) => {
    const amount = amounts.find(({ number }) => number === owner?.number)
    return state !== 'undone' && amount !== undefined && isLate(transfer.at, amount)
  })
}

/** Of the transfer that is the furthest from its end. */
function confirmationsIn(
  { amounts, transfers, progress }: ChainPaymentState,
  choices: readonly PaymentChoice[],
): { confirmations: number; needed: number } {
  const waiting = transfers.flatMap(({ transfer, owner, state }) => {
    const amount = amounts.find(({ number }) => number === owner?.number)
    if (state !== 'seen' || !amount) return []
    const chain = choices.find((each) => each.chain.id === transfer.chainId)?.chain
    const needed = Math.max(amount.confirmations ?? chain?.confirmations ?? 1, 1)
    const head = progress.get(transfer.chainId) ?? { head: 0n, finalized: null }
    return [{ confirmations: Math.min(Number(confirmationsOf(transfer.block.number, head)), needed), needed }]
  })
  const [furthest] = waiting.toSorted((a, b) => b.needed - b.confirmations - (a.needed - a.confirmations))
  return furthest ?? { confirmations: 1, needed: 1 }
}
