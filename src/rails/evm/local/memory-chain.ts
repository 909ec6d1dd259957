import { createHash, randomUUID } from 'node:crypto'
import { type Address, coin, type Hash } from '../../../domain/chain/address.ts'
import { type Block, type ChainTransfer, coinTransfer, type Token } from '../../../domain/chain/chain.ts'
import { assert } from '../../../kernel/assert.ts'
import { systemNow } from '../../../kernel/clock.ts'
import { type Instant, instantFromMicros, second } from '../../../kernel/instant.ts'
import { subtractUnits, type TokenAmount, unitsFromDecimal } from '../../../kernel/token-amount.ts'
import { type ChainReader, mostBlocksAtOnce, type Receipt, type TransferQuery } from '../../chain-reader.ts'
import type { SandboxChain, SandboxChainSettings, SandboxPayment } from '../../sandbox-chain.ts'

export type MemoryChain = SandboxChain & {
  readonly reader: ChainReader
  /** All of them in one block. Throws, and sends none, when the account has not got as much. */
  readonly payAll: (payments: readonly SandboxPayment[]) => readonly Hash[]
}

type Mined = Block & { readonly transfers: readonly ChainTransfer[] }

/**
 * A chain that is nothing but its blocks and transfers, in the memory of this process: no RPC, no wallet but its own, no reorganisations, and no past
 * when it starts again. For tests, and for a sandbox whose system cannot run a real one.
 */
export function createMemoryChain(settings: SandboxChainSettings): MemoryChain {
  const { chainId } = settings
  const hashOf = hasher(`${chainId} ${randomUUID()}`)
  const tokens = tokensOf(settings)
  const account = addressOf('account')
  const funds = new Map(tokens.map((each) => [each.address, fundsOf(each)]))
  const receipts = new Map<Hash, Receipt>()
  const blocks: Mined[] = []
  let ahead = 0n

  const mine = (payments: readonly SandboxPayment[]): readonly Hash[] => {
    const parent = blocks.at(-1)
    const number = BigInt(blocks.length)
    const block = { number, hash: hashOf(`block ${number}`) }
    const at = later(wholeSecond((systemNow() + ahead) as Instant), parent?.at)
    spend(funds, payments)
    const transfers = payments.map(({ token, recipient, units }, i): ChainTransfer => {
      const place = { transaction: hashOf(`transaction ${number} ${i}`), logIndex: token === coin ? coinTransfer : 0 }
      return { chainId, ...place, token, from: account, to: recipient, units, block, at }
    })
    for (const { transaction } of transfers) receipts.set(transaction, { block, isSuccess: true })
    blocks.push({ ...block, parentHash: parent?.hash ?? hashOf('nothing'), at, transfers })
    return transfers.map(({ transaction }) => transaction)
  }
  mine([])
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  return {
    ...{ chainId, url: null, tokens, account, genesis: hashOf('block 0'), ended },
    reader: readerOf(blocks, receipts, settings, tokens),
    payAll: mine,
    pay: async (payment) => mine([payment])[0] as Hash,
    mine: async (count) => {
      for (let i = 0; i < count; i++) mine([])
    },
    setTime: async (now) => {
      if (now > systemNow() + ahead) ahead = now - systemNow()
    },
    stop: async () => end(),
  }
}

function readerOf(
  blocks: readonly Mined[],
  receipts: ReadonlyMap<Hash, Receipt>,
  { hasFinality }: SandboxChainSettings,
  tokens: readonly Token[],
): ChainReader {
  const head = (): bigint => BigInt(blocks.length - 1)
  return {
    progress: async () => ({ head: head(), finalized: hasFinality ? finalizedOf(head()) : null }),
    block: async (number) => {
      const found = blocks[Number(number)]
      return found && blockOf(found)
    },
    scan: async (query) => {
      assert(query.to >= query.from && query.to - query.from < mostBlocksAtOnce, 'a run of blocks within its bounds')
      assert(query.from >= 0n && query.to <= head(), 'blocks that are there')
      const scanned = blocks.slice(Number(query.from), Number(query.to) + 1)
      const transfers = scanned.flatMap((each) => each.transfers.filter((transfer) => isWanted(transfer, query)))
      return { blocks: scanned.map(blockOf), transfers }
    },
    receipt: async (transaction) => receipts.get(transaction),
    decimals: async (token) => {
      const found = tokens.find(({ address }) => address === token)
      assert(found, 'a token of this chain')
      return found.decimals
    },
    health: () => [],
    close: () => undefined,
  }
}

/** As real local chains have it: an epoch is one block, and two of them make it final. */
function finalizedOf(head: bigint): bigint {
  return head > 2n ? head - 2n : 0n
}

function isWanted({ token, to }: ChainTransfer, { tokens, recipients, coinRecipients }: TransferQuery): boolean {
  return token === coin ? coinRecipients.includes(to) : tokens.includes(token) && recipients.includes(to)
}

function blockOf({ number, hash, parentHash, at }: Mined): Block {
  return { number, hash, parentHash, at }
}

function spend(funds: Map<Address, TokenAmount>, payments: readonly SandboxPayment[]): void {
  const left = new Map(funds)
  for (const { token, units } of payments) {
    const has = left.get(token)
    if (has === undefined || has < units) throw new Error('the account has not got as much')
    left.set(token, subtractUnits(has, units))
  }
  for (const [token, units] of left) funds.set(token, units)
}

function tokensOf({ coin: symbol, tokens }: SandboxChainSettings): readonly Token[] {
  return [
    { address: coin, symbol, decimals: 18, peg: null },
    ...tokens.map((each) => ({ ...each, peg: 'USD' as const, address: addressOf(`token ${each.symbol}`) })),
  ]
}

function fundsOf({ address, decimals }: Token): TokenAmount {
  const units = unitsFromDecimal(address === coin ? '10000' : '1000000', decimals)
  assert(units !== undefined, 'an amount of a token')
  return units
}

/** Nobody has its key. */
function addressOf(what: string): Address {
  return `0x${sha256(`chain in memory: ${what}`).slice(0, 40)}` as Address
}

/** A chain that starts again must not make the same hashes again, which the ledger has seen and counts once. */
function hasher(salt: string): (what: string) => Hash {
  return (what) => `0x${sha256(`${salt} ${what}`)}` as Hash
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function wholeSecond(at: Instant): Instant {
  return instantFromMicros(at - (at % second))
}

function later(at: Instant, than: Instant | undefined): Instant {
  return than !== undefined && than > at ? than : at
}
