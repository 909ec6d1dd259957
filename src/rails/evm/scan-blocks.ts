import { type Address, type ChainId, coin, type Hash, parseAddress, parseHash } from '../../domain/chain/address.ts'
import { type Block, type ChainTransfer, coinTransfer } from '../../domain/chain/chain.ts'
import { instantFromMicros } from '../../kernel/instant.ts'
import { tokenAmount } from '../../kernel/token-amount.ts'
import type { ScannedBlocks, TransferQuery } from '../chain-reader.ts'
import { mayHoldTransfer, topicOf, transferTopic } from './bloom.ts'
import type { Endpoint, RawBlock, RawLog, RawTransaction } from './endpoint.ts'

/** An answer that cannot be true. The endpoint that gave it is not asked for a while. */
class Contradiction extends Error {}

/** Topics of more wallets than this are asked for in several calls: endpoints bound the size of a filter. */
const mostRecipientsPerFilter = 200

export type RawScan = ScannedBlocks & {
  /** blocks whose own filter allows for transfers that the logs did not show: somebody else should be asked */
  readonly doubtful: readonly Block[]
}

/**
 * Reads a run of blocks from one endpoint. Everything comes in one batch; each block must be the child of the one before, and each log must be
 * of one of these very blocks.
 */
export async function scanBlocks(endpoint: Endpoint, chainId: ChainId, query: TransferQuery): Promise<RawScan> {
  const numbers = Array.from({ length: Number(query.to - query.from) + 1 }, (_, i) => query.from + BigInt(i))
  const wantsCoin = query.coinRecipients.length > 0
  const [rawBlocks, logs] = await Promise.all([
    Promise.all(numbers.map((number) => endpoint.block(number, wantsCoin))),
    logsOf(endpoint, query),
  ])
  const raws = rawBlocks.map((raw, i) => existing(raw, numbers[i] as bigint))
  const blocks = raws.map(blockOf)
  checkLinks(blocks)
  const byHash = new Map(blocks.map((block) => [block.hash, block]))
  const tokenTransfers = await tokenTransfersOf(endpoint, chainId, logs, byHash, query)
  const coinTransfers = wantsCoin ? await coinTransfersOf(endpoint, chainId, raws, query) : []
  const told = new Set(tokenTransfers.map(({ block }) => block.hash))
  const doubtful = blocks.filter(
    (block, i) =>
      !told.has(block.hash) &&
      query.tokens.length > 0 &&
      mayHoldTransfer((raws[i] as RawBlock).logsBloom, query.tokens, query.recipients),
  )
  return { blocks, transfers: [...tokenTransfers, ...coinTransfers], doubtful }
}

/** The logs of one block by its hash: an endpoint that does not have the block refuses, instead of telling of no logs. */
export async function scanBlock(
  endpoint: Endpoint,
  chainId: ChainId,
  block: Block,
  query: TransferQuery,
): Promise<ChainTransfer[]> {
  const logs = await allLogs(endpoint, query, { blockHash: block.hash })
  return await tokenTransfersOf(endpoint, chainId, logs, new Map([[block.hash, block]]), query)
}

export function blockOf(raw: RawBlock): Block {
  return {
    number: BigInt(raw.number),
    hash: hashOf(raw.hash),
    parentHash: hashOf(raw.parentHash),
    at: instantFromMicros(BigInt(raw.timestamp) * 1_000_000n),
  }
}

function existing(raw: RawBlock | null, number: bigint): RawBlock {
  if (raw === null || raw.hash === null || BigInt(raw.number) !== number)
    throw new Contradiction(`block ${number} is missing below its own head`)
  return raw
}

function checkLinks(blocks: readonly Block[]): void {
  for (const [i, block] of blocks.entries())
    if (i > 0 && block.parentHash !== blocks[i - 1]?.hash)
      throw new Contradiction(`block ${block.number} is not a child of the one before it`)
}

async function logsOf(endpoint: Endpoint, query: TransferQuery): Promise<RawLog[]> {
  if (query.tokens.length === 0) return []
  return await allLogs(endpoint, query, { fromBlock: query.from, toBlock: query.to })
}

type Where = { readonly fromBlock: bigint; readonly toBlock: bigint } | { readonly blockHash: Hash }

async function allLogs(endpoint: Endpoint, { tokens, recipients }: TransferQuery, where: Where): Promise<RawLog[]> {
  const parts = Array.from({ length: Math.ceil(recipients.length / mostRecipientsPerFilter) }, (_, i) =>
    recipients.slice(i * mostRecipientsPerFilter, (i + 1) * mostRecipientsPerFilter),
  )
  const answers = await Promise.all(
    parts.map((part) => endpoint.logs({ address: tokens, topics: [transferTopic, null, part.map(topicOf)], ...where })),
  )
  return answers.flat()
}

/**
 * Filtered once more: an endpoint that ignores the filter must not make a payment of a fake token, or to somebody else. Each log must stand in
 * the receipt of its transaction, which also tells its place there.
 */
async function tokenTransfersOf(
  endpoint: Endpoint,
  chainId: ChainId,
  logs: readonly RawLog[],
  blocks: ReadonlyMap<Hash, Block>,
  query: TransferQuery,
): Promise<ChainTransfer[]> {
  const wanted = logs.flatMap((log) => {
    const transfer = tokenTransfer(chainId, log, blocks, query)
    return transfer ? [{ log, transfer }] : []
  })
  const hashes = [...new Set(wanted.map(({ transfer }) => transfer.transaction))]
  const receipts = await Promise.all(hashes.map((hash) => endpoint.receipt(hash)))
  const byHash = new Map(hashes.map((hash, i) => [hash, receipts[i]]))
  return wanted.map(({ log, transfer }) => {
    const receipt = byHash.get(transfer.transaction)
    const logIndex = receipt?.logs.findIndex((each) => BigInt(each.logIndex) === BigInt(log.logIndex)) ?? -1
    const isThere = receipt && logIndex >= 0 && hashOf(receipt.blockHash) === transfer.block.hash
    if (!isThere || BigInt(receipt.status) !== 1n) throw new Contradiction('a log that its receipt does not have')
    return { ...transfer, logIndex }
  })
}

function tokenTransfer(
  chainId: ChainId,
  log: RawLog,
  blocks: ReadonlyMap<Hash, Block>,
  { tokens, recipients }: TransferQuery,
): ChainTransfer | undefined {
  const [topic, from = '', to = ''] = log.topics
  const token = parseAddress(log.address)
  const [sender, recipient] = [addressInTopic(from), addressInTopic(to)]
  if (topic !== transferTopic || log.topics.length !== 3 || !sender || log.removed === true) return undefined
  if (!token || !tokens.includes(token) || !recipient || !recipients.includes(recipient)) return undefined
  const block = blocks.get(hashOf(log.blockHash))
  if (!block) throw new Contradiction(`a log of block ${BigInt(log.blockNumber)} is of no block that is there`)
  if (!/^0x[\da-f]{64}$/i.test(log.data)) return undefined
  return {
    chainId,
    transaction: hashOf(log.transactionHash),
    logIndex: Number(log.logIndex),
    token,
    from: sender,
    to: recipient,
    units: tokenAmount(BigInt(log.data)),
    block: { number: block.number, hash: block.hash },
    at: block.at,
  }
}

/** Payments of the chain's own coin: transactions straight to a wallet, each checked not to have been reverted. */
async function coinTransfersOf(
  endpoint: Endpoint,
  chainId: ChainId,
  raws: readonly RawBlock[],
  { coinRecipients }: TransferQuery,
): Promise<ChainTransfer[]> {
  const wanted = new Set<string>(coinRecipients)
  const found = raws.flatMap((raw) =>
    raw.transactions.flatMap((each) => {
      const transaction = each as RawTransaction
      const to = transaction.to?.toLowerCase() ?? ''
      return wanted.has(to) && BigInt(transaction.value) > 0n ? [{ transaction, to: to as Address, raw }] : []
    }),
  )
  const receipts = await Promise.all(found.map(({ transaction }) => endpoint.receipt(hashOf(transaction.hash))))
  return found.flatMap(({ transaction, to, raw }, i) => {
    const receipt = receipts[i]
    if (!receipt || hashOf(receipt.blockHash) !== hashOf(raw.hash))
      throw new Contradiction(`a transaction of block ${BigInt(raw.number)} has no receipt there`)
    if (BigInt(receipt.status) !== 1n) return []
    const block = blockOf(raw)
    return [
      {
        chainId,
        transaction: hashOf(transaction.hash),
        logIndex: coinTransfer,
        token: coin,
        from: transaction.from.toLowerCase() as Address,
        to,
        units: tokenAmount(BigInt(transaction.value)),
        block: { number: block.number, hash: block.hash },
        at: block.at,
      },
    ]
  })
}

function addressInTopic(topic: string): Address | undefined {
  return /^0x0{24}[\da-f]{40}$/i.test(topic) ? parseAddress(`0x${topic.slice(26)}`) : undefined
}

function hashOf(text: string): Hash {
  const hash = parseHash(text)
  if (!hash) throw new Contradiction('a hash that is none')
  return hash
}
