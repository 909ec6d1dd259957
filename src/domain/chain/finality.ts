import type { Currency } from '../../kernel/currency.ts'
import type { Chain } from './chain.ts'

/** How far a chain has come, as far as it was read. */
export type ChainProgress = {
  readonly head: bigint
  /** null where the chain does not tell, or is not believed */
  readonly finalized: bigint | null
}

/** A merchant's own word on payments of some size: from `from` minor units of `currency` on, this many blocks. 0 is at sight. */
export type ConfirmationTier = {
  readonly currency: Currency
  readonly from: bigint
  readonly confirmations: number
}

/** How many blocks a payment of that amount needs by its merchant's tiers; null leaves it to the chain. */
export function confirmationsFor(
  tiers: readonly ConfirmationTier[],
  amount: { readonly currency: Currency; readonly minor: bigint },
): number | null {
  const fitting = tiers.filter(({ currency, from }) => currency === amount.currency && from <= amount.minor)
  return (
    fitting.reduce<ConfirmationTier | null>((best, tier) => (best && best.from > tier.from ? best : tier), null)
      ?.confirmations ?? null
  )
}

/** Blocks on top of a transfer's own and that one: 1 for the newest block, 0 when the chain was not read that far. */
export function confirmationsOf(block: bigint, { head }: ChainProgress): bigint {
  return head >= block ? head - block + 1n : 0n
}

/** Whether a transfer in `block` can no longer be undone, by the merchant's own number or by the chain's word. */
export function isFinal(
  block: bigint,
  progress: ChainProgress,
  chain: Pick<Chain, 'confirmations' | 'hasFinality'>,
  wanted: number | null,
): boolean {
  const confirmations = confirmationsOf(block, progress)
  if (wanted !== null) return confirmations >= BigInt(wanted)
  if (chain.hasFinality && progress.finalized !== null && block <= progress.finalized) return true
  return confirmations >= BigInt(chain.confirmations)
}
