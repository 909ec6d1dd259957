import { createClient, http } from 'viem'
import type { Address, Hash } from '../../domain/chain/address.ts'

/** A block as an endpoint tells it, with its transactions where they were asked for. */
export type RawBlock = {
  readonly number: `0x${string}`
  readonly hash: `0x${string}`
  readonly parentHash: `0x${string}`
  readonly timestamp: `0x${string}`
  readonly logsBloom: `0x${string}`
  readonly transactions: readonly (RawTransaction | string)[]
}

export type RawTransaction = {
  readonly hash: `0x${string}`
  readonly from: `0x${string}`
  /** null when it makes a contract */
  readonly to: `0x${string}` | null
  readonly value: `0x${string}`
}

export type RawLog = {
  readonly address: `0x${string}`
  readonly topics: readonly `0x${string}`[]
  readonly data: `0x${string}`
  readonly blockNumber: `0x${string}`
  readonly blockHash: `0x${string}`
  readonly transactionHash: `0x${string}`
  readonly logIndex: `0x${string}`
  readonly removed?: boolean
}

export type RawReceipt = {
  readonly status: `0x${string}`
  readonly blockNumber: `0x${string}`
  readonly blockHash: `0x${string}`
  readonly gasUsed: `0x${string}`
  readonly effectiveGasPrice?: `0x${string}`
  readonly logs: readonly Pick<RawLog, 'logIndex'>[]
}

export type LogFilter = {
  readonly address: readonly Address[]
  readonly topics: readonly (string | readonly string[] | null)[]
} & ({ readonly fromBlock: bigint; readonly toBlock: bigint } | { readonly blockHash: Hash })

/**
 * The few questions asked of one RPC endpoint. Calls made in the same moment travel as one JSON-RPC batch, so they are answered by one node even
 * behind a load balancer. Rejects for everything that goes wrong, a silence of `timeoutMs` included.
 */
export type Endpoint = {
  readonly host: string
  readonly chainId: () => Promise<number>
  readonly head: () => Promise<bigint>
  /** null where the chain does not know the word */
  readonly finalized: () => Promise<bigint | null>
  readonly block: (number: bigint, withTransactions: boolean) => Promise<RawBlock | null>
  readonly logs: (filter: LogFilter) => Promise<readonly RawLog[]>
  readonly receipt: (transaction: Hash) => Promise<RawReceipt | null>
  readonly balance: (address: Address, block: bigint) => Promise<bigint>
  readonly call: (to: Address, data: string) => Promise<`0x${string}`>
}

export function createEndpoint(url: string, timeoutMs: number): Endpoint {
  const transport = http(url, { retryCount: 0, timeout: timeoutMs, batch: { batchSize: 60 } })
  const client = createClient({ transport })
  // Asked by their own names: viem types only the chains' common ground, and its formatters are not needed for what is read here.
  const ask = <T>(method: string, ...params: readonly unknown[]): Promise<T> =>
    client.request({ method, params } as unknown as Parameters<typeof client.request>[0]) as Promise<T>
  return {
    host: hostOf(url),
    chainId: async () => Number(await ask<string>('eth_chainId')),
    head: async () => BigInt(await ask<string>('eth_blockNumber')),
    finalized: async () => {
      const block = await ask<RawBlock | null>('eth_getBlockByNumber', 'finalized', false).catch(() => null)
      return block && BigInt(block.number)
    },
    block: (number, withTransactions) => ask('eth_getBlockByNumber', hex(number), withTransactions),
    logs: ({ address, topics, ...range }) =>
      ask('eth_getLogs', {
        address,
        topics,
        ...('blockHash' in range ? range : { fromBlock: hex(range.fromBlock), toBlock: hex(range.toBlock) }),
      }),
    receipt: (transaction) => ask('eth_getTransactionReceipt', transaction),
    balance: async (address, block) => BigInt(await ask<string>('eth_getBalance', address, hex(block))),
    call: (to, data) => ask('eth_call', { to, data }, 'latest'),
  }
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`
}

/** What went wrong, in a line. viem's messages repeat the whole request, with the address and what stands in it. */
export function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { details, shortMessage, message } = error as Error & { shortMessage?: string; details?: string }
  return (details || shortMessage || message).slice(0, 200).replaceAll(/https?:\/\/\S+/g, 'its address')
}

/** The rest of an address often is somebody's key. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'not an address'
}
