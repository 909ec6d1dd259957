import type { StoredTransfer } from '../../../app/chain/chain-inbox.ts'
import { coin } from '../../../domain/chain/address.ts'
import { type Chain, symbolOf, transferKey } from '../../../domain/chain/chain.ts'
import { isoOf } from '../../../kernel/instant.ts'

/** A transfer as this API shows it; `chains` know the names of tokens. */
export function transferView({ transfer, state }: StoredTransfer, chains: readonly Chain[]): object {
  const { chainId, transaction, token, from, to, units, block, at } = transfer
  const chain = chains.find(({ id }) => id === chainId)
  return {
    ...{ id: transferKey(transfer), chainId, transaction },
    token: chain ? symbolOf(chain, token) : token,
    tokenAddress: token === coin ? null : token,
    ...{ units: units.toString(), from, to, block: block.number.toString(), sentAt: isoOf(at), state },
  }
}
