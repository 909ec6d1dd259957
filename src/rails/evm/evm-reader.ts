import type { Address, Hash } from '../../domain/chain/address.ts'
import { type ChainTransfer, transferKey } from '../../domain/chain/chain.ts'
import { assert } from '../../kernel/assert.ts'
import {
  type ChainReader,
  ChainUnavailable,
  mostBlocksAtOnce,
  type Receipt,
  type ScannedBlocks,
  type TransferQuery,
} from '../chain-reader.ts'
import type { RawReceipt } from './endpoint.ts'
import { EndpointPool, type PoolOptions } from './endpoint-pool.ts'
import { blockOf, type RawScan, scanBlock, scanBlocks } from './scan-blocks.ts'
import { balancesKept, unexplainedRises } from './unexplained-rises.ts'

/** A chain read over JSON-RPC. Opens no connection before its first question. */
export function createEvmReader(options: PoolOptions & { readonly hasFinality: boolean }): ChainReader {
  const { chainId } = options
  const pool = new EndpointPool(options)
  let head = 0n
  return {
    progress: async () => {
      head = await pool.head()
      const finalized = options.hasFinality ? await pool.ask((endpoint) => endpoint.finalized(), head) : null
      return { head, finalized: finalized !== null && finalized > head ? head : finalized }
    },
    block: async (number) => {
      const raw = await pool.ask((endpoint) => endpoint.block(number, false))
      return raw ? blockOf(raw) : undefined
    },
    scan: async (query) => {
      assert(query.to >= query.from && query.to - query.from < mostBlocksAtOnce, 'a run of blocks within its bounds')
      const scanned = await pool.ask((endpoint) => scanBlocks(endpoint, chainId, query), query.to)
      const transfers = [...scanned.transfers, ...(await doubted(pool, chainId, scanned, query))]
      const rises = await risesOf(pool, chainId, { ...scanned, transfers }, query, head)
      return { blocks: scanned.blocks, transfers: [...transfers, ...rises] }
    },
    receipt: (transaction) => agreedReceipt(pool, transaction),
    decimals: async (token) => Number(BigInt(await pool.ask((endpoint) => endpoint.call(token, decimalsSelector)))),
    health: () => pool.health(),
    close: () => undefined,
  }
}

/** The first four bytes of keccak256 of `decimals()`. */
const decimalsSelector = '0x313ce567'

/**
 * Where a block's own filter allows for a transfer and the logs showed none, everybody is asked for that block's logs. Most such doubts are
 * nothing: the filter of a busy block allows for nearly everything.
 */
async function doubted(
  pool: EndpointPool,
  chainId: PoolOptions['chainId'],
  { doubtful }: RawScan,
  query: TransferQuery,
): Promise<ChainTransfer[]> {
  const found = new Map<string, ChainTransfer>()
  for (const block of doubtful) {
    const answers = await pool.askSome(3, (endpoint) => scanBlock(endpoint, chainId, block, query), query.to)
    for (const transfer of answers.flat()) found.set(transferKey(transfer), transfer)
  }
  return [...found.values()]
}

/** Only near the head are balances kept; a backlog is read without them. */
async function risesOf(
  pool: EndpointPool,
  chainId: PoolOptions['chainId'],
  scanned: ScannedBlocks,
  { from, to, coinRecipients }: TransferQuery,
  head: bigint,
): Promise<ChainTransfer[]> {
  if (coinRecipients.length === 0 || from + balancesKept < head) return []
  const wallets: readonly Address[] = coinRecipients
  return await pool.ask((endpoint) => unexplainedRises(endpoint, chainId, scanned, wallets), to)
}

async function agreedReceipt(pool: EndpointPool, transaction: Hash): Promise<Receipt | undefined> {
  const [first, second] = await pool.askSome(2, (endpoint) => endpoint.receipt(transaction))
  if (second !== undefined && placeOf(first ?? null) !== placeOf(second))
    throw new ChainUnavailable('two endpoints do not agree where a transaction is')
  if (!first) return undefined
  return {
    block: { number: BigInt(first.blockNumber), hash: first.blockHash.toLowerCase() as Hash },
    isSuccess: BigInt(first.status) === 1n,
  }
}

function placeOf(receipt: RawReceipt | null): string {
  return receipt === null ? 'nowhere' : `${receipt.blockHash.toLowerCase()} ${BigInt(receipt.status)}`
}
