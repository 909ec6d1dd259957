import type pg from 'pg'
import { listChains } from '../../db/chain/chains.ts'
import type { StoredTransfer } from '../../db/chain/stored-transfer.ts'
import { listProgress } from '../../db/chain/watch.ts'
import type { Address, ChainId, Hash } from '../../domain/chain/address.ts'
import { type Chain, symbolOf, type Token } from '../../domain/chain/chain.ts'
import { confirmationsOf } from '../../domain/chain/finality.ts'
import type { UnmatchedReason } from '../../domain/chain/match-transfer.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { decimalOfUnits } from '../../kernel/token-amount.ts'

/** Money that arrived on a chain, in the words of people. */
export type ShownTransfer = {
  readonly chainId: ChainId
  readonly chain: string
  readonly transaction: Hash
  readonly logIndex: number
  /** where the chain's explorer shows it; null when the chain names none */
  readonly explorerUrl: string | null
  readonly symbol: string
  /** decimal text of the token; of one that is not known any more its smallest units */
  readonly amount: string
  readonly from: Address
  readonly to: Address
  readonly state: StoredTransfer['state']
  readonly at: Instant
  /** blocks on top of it and its own; null before the chain was read, or once it was undone */
  readonly confirmations: number | null
  readonly paymentId: PaymentId | null
  /** minor units of its payment's currency; null in the inbox */
  readonly minor: bigint | null
  /** why no payment took it; null when one did */
  readonly reason: UnmatchedReason | null
}

/** Names, amounts and confirmations of transfers, by the chains as they are set up now. */
export async function showTransfers(
  pool: Pick<pg.Pool, 'query'>,
  transfers: readonly StoredTransfer[],
): Promise<ShownTransfer[]> {
  if (transfers.length === 0) return []
  const [chains, progress] = await Promise.all([listChains(pool), listProgress(pool)])
  return transfers.map(({ transfer, state, owner, reason }) => {
    const chain = chains.find(({ id }) => id === transfer.chainId)
    const come = progress.get(transfer.chainId)
    return {
      ...{ chainId: transfer.chainId, transaction: transfer.transaction, logIndex: transfer.logIndex },
      ...{ from: transfer.from, to: transfer.to, at: transfer.at, state, reason },
      ...{ paymentId: owner?.paymentId ?? null, minor: owner?.minor ?? null },
      chain: chain?.name ?? String(transfer.chainId),
      symbol: chain ? symbolOf(chain, transfer.token) : transfer.token,
      amount: decimalOfUnits(transfer.units, tokenOf(chain, transfer.token)?.decimals ?? 0),
      explorerUrl: chain?.explorerUrl ? `${chain.explorerUrl.replace(/\/$/, '')}/tx/${transfer.transaction}` : null,
      confirmations: come && state !== 'undone' ? Number(confirmationsOf(transfer.block.number, come)) : null,
    }
  })
}

function tokenOf(chain: Chain | undefined, address: Address): Token | undefined {
  return chain?.tokens.find((token) => token.address === address)
}
