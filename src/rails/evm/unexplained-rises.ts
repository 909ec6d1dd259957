import { type Address, type ChainId, coin } from '../../domain/chain/address.ts'
import { type ChainTransfer, unexplainedRise } from '../../domain/chain/chain.ts'
import { tokenAmount } from '../../kernel/token-amount.ts'
import type { ScannedBlocks } from '../chain-reader.ts'
import type { Endpoint, RawTransaction } from './endpoint.ts'
import type { blockOf } from './scan-blocks.ts'

/** A full node keeps the balances of about this many blocks; further back there is nothing to compare. */
export const balancesKept = 100n

/**
 * Coins that reached a wallet by an inner call: no log, no transaction to it, only a balance that rose by more than what was seen. The balance is
 * compared at both ends of a run of blocks, and block by block only where they do not agree.
 */
export async function unexplainedRises(
  endpoint: Endpoint,
  chainId: ChainId,
  scanned: ScannedBlocks,
  wallets: readonly Address[],
): Promise<ChainTransfer[]> {
  // An endpoint that keeps no old balances is as good as any other for all else. What it cannot tell is left to the merchant's own eyes.
  return await risesIn(endpoint, chainId, scanned, wallets).catch(() => [])
}

async function risesIn(
  endpoint: Endpoint,
  chainId: ChainId,
  scanned: ScannedBlocks,
  wallets: readonly Address[],
): Promise<ChainTransfer[]> {
  const [first, last] = [scanned.blocks[0], scanned.blocks.at(-1)]
  if (!first || !last || first.number === 0n) return []
  const rises = await Promise.all(
    wallets.map(async (wallet) => {
      const [before, after] = await Promise.all([
        endpoint.balance(wallet, first.number - 1n),
        endpoint.balance(wallet, last.number),
      ])
      return after - before > seenIn(scanned, wallet) ? await locate(endpoint, chainId, scanned, wallet, before) : []
    }),
  )
  return rises.flat()
}

function seenIn({ transfers }: Pick<ScannedBlocks, 'transfers'>, wallet: Address): bigint {
  return transfers.reduce((sum, { token, to, units }) => (token === coin && to === wallet ? sum + units : sum), 0n)
}

async function locate(
  endpoint: Endpoint,
  chainId: ChainId,
  { blocks, transfers }: ScannedBlocks,
  wallet: Address,
  before: bigint,
): Promise<ChainTransfer[]> {
  const balances = await Promise.all(blocks.map(({ number }) => endpoint.balance(wallet, number)))
  const found = await Promise.all(
    blocks.map(async (block, i) => {
      const rise = (balances[i] as bigint) - (i === 0 ? before : (balances[i - 1] as bigint))
      const seen = seenIn({ transfers: transfers.filter((each) => each.block.hash === block.hash) }, wallet)
      if (rise <= seen) return []
      const units = tokenAmount(rise - seen + (await spentIn(endpoint, block.number, wallet)))
      return [
        {
          chainId,
          transaction: block.hash,
          logIndex: unexplainedRise - placeOf(wallet),
          token: coin,
          // Nobody knows; the coin's own address is not an account.
          from: coin,
          to: wallet,
          units,
          block: { number: block.number, hash: block.hash },
          at: block.at,
        },
      ]
    }),
  )
  return found.flat()
}

/** What the wallet itself paid in that block, for others and for gas, hides a part of what came in. */
async function spentIn(endpoint: Endpoint, number: bigint, wallet: Address): Promise<bigint> {
  const raw = await endpoint.block(number, true)
  if (!raw) return 0n
  const own = raw.transactions.filter((each) => (each as RawTransaction).from.toLowerCase() === wallet)
  const costs = await Promise.all(
    own.map(async (each) => {
      const { hash, value } = each as RawTransaction
      const receipt = await endpoint.receipt(hash as ReturnType<typeof blockOf>['hash'])
      if (!receipt) return 0n
      const gas = BigInt(receipt.gasUsed) * BigInt(receipt.effectiveGasPrice ?? '0x0')
      return BigInt(receipt.status) === 1n ? gas + BigInt(value) : gas
    }),
  )
  return costs.reduce((sum, cost) => sum + cost, 0n)
}

/** Two wallets may rise in one block: the address keeps them apart. */
function placeOf(wallet: Address): number {
  return Number.parseInt(wallet.slice(2, 9), 16)
}
