import { setTimeout as pause } from 'node:timers/promises'
import { createClient, encodeAbiParameters, encodeDeployData, getContractAddress, http, parseAbi } from 'viem'
import { type Address, coin, type Hash } from '../../../domain/chain/address.ts'
import type { Token } from '../../../domain/chain/chain.ts'
import { paymentTransaction } from '../../../domain/chain/payment-uri.ts'
import { assert } from '../../../kernel/assert.ts'
import { second } from '../../../kernel/instant.ts'
import { unitsFromDecimal } from '../../../kernel/token-amount.ts'
import type { SandboxChain, SandboxChainSettings, SandboxPayment } from '../../sandbox-chain.ts'
import { type Anvil, type AnvilOptions, startAnvil } from './anvil.ts'
import bytecode from './test-token.json' with { type: 'json' }

type Settings = Omit<SandboxChainSettings, 'hasFinality'> & Omit<AnvilOptions, 'chainId'>

/** A real chain, in a process of its own. Its accounts are unlocked: they sign whatever they are asked to send. */
export type LocalChain = Omit<SandboxChain, 'url' | 'pay'> & {
  readonly url: string
  readonly pid: number
  /** the sandbox merchant's */
  readonly wallet: Address
  /** Sends, and resolves when the transaction is in a block. Throws when the chain refuses it. */
  readonly pay: (payment: LocalPayment) => Promise<Hash>
  /** Anything an RPC can be asked: reorganisations, mining, deployments of tests. */
  readonly rpc: <T>(method: string, ...params: readonly unknown[]) => Promise<T>
}

export type LocalPayment = SandboxPayment & {
  /** another account than the chain's `account` */
  readonly from?: Address
}

/** Starts it and deploys its tokens where they are not there from the time before. Throws `LocalChainUnavailable` when it cannot run here. */
export async function startLocalChain(settings: Settings): Promise<LocalChain> {
  const anvil = await startAnvil(settings)
  try {
    return await prepare(anvil, settings)
  } catch (error) {
    await anvil.stop()
    throw error
  }
}

async function prepare(anvil: Anvil, settings: Settings): Promise<LocalChain> {
  const rpc = asker(anvil.url)
  await rpc('anvil_setLoggingEnabled', false)
  const accounts = await rpc<Address[]>('eth_accounts')
  const [account, wallet, deployer] = [accounts[0], accounts.at(-1), accounts.at(-2)]
  assert(account && wallet && deployer, 'a local chain has ten accounts')
  const deployed = settings.tokens.map((token, i) => ({
    ...token,
    peg: 'USD' as const,
    address: getContractAddress({ from: deployer as `0x${string}`, nonce: 2n * BigInt(i) }).toLowerCase() as Address,
  }))
  const last = deployed.at(-1)
  if (last && (await rpc('eth_getCode', last.address, 'latest')) === '0x') {
    await startAnew(rpc, accounts)
    for (const token of deployed) await deploy(rpc, { token, deployer, holder: account })
  }
  const tokens: Token[] = [{ address: coin, symbol: settings.coin, decimals: 18, peg: null }, ...deployed]
  const { url, pid, ended, stop } = anvil
  const { hash: genesis } = await rpc<{ hash: Hash }>('eth_getBlockByNumber', '0x0', false)
  return {
    ...{ chainId: settings.chainId, url, pid, tokens, account, wallet, genesis, ended, stop, rpc },
    pay: ({ from = account, ...payment }) => send(rpc, { from, ...paymentTransaction(payment) }),
    mine: async (blocks) => {
      await rpc('anvil_mine', `0x${blocks.toString(16)}`)
    },
    setTime: async (now) => {
      const latest = await rpc<{ timestamp: string }>('eth_getBlockByNumber', 'latest', false)
      const seconds = now / second
      if (seconds > BigInt(latest.timestamp)) await rpc('anvil_setTime', Number(seconds))
    },
  }
}

type Rpc = LocalChain['rpc']

function asker(url: string): Rpc {
  const client = createClient({ transport: http(url, { retryCount: 0, timeout: 10_000 }) })
  return (method, ...params) =>
    client.request({ method, params } as unknown as Parameters<typeof client.request>[0]) as Promise<never>
}

/**
 * A chain that lost its past would make transactions of the same hashes again, which the ledger has seen and counts once. Its accounts go on
 * counting from the present second instead.
 */
async function startAnew(rpc: Rpc, accounts: readonly Address[]): Promise<void> {
  const nonce = `0x${Math.trunc(Date.now() / 1000).toString(16)}`
  const payers = accounts.slice(0, -2)
  await Promise.all(payers.map((payer) => rpc('anvil_setNonce', payer, nonce)))
}

const tokenAbi = parseAbi(['constructor(string symbol, uint8 decimals, uint256 feePpm)'])

async function deploy(
  rpc: Rpc,
  { token, deployer, holder }: { token: Omit<Token, 'peg'>; deployer: Address; holder: Address },
): Promise<void> {
  const args = [token.symbol, token.decimals, 0n] as const
  const data = encodeDeployData({ abi: tokenAbi, bytecode: bytecode.TestToken as `0x${string}`, args })
  await send(rpc, { from: deployer, data })
  const million = unitsFromDecimal('1000000', token.decimals) ?? 0n
  const values = encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [holder as `0x${string}`, million])
  await send(rpc, { from: deployer, to: token.address, data: `${mintSelector}${values.slice(2)}` })
}

/** The first four bytes of keccak256 of `mint(address,uint256)`. */
const mintSelector = '0x40c10f19'

/** Sends, and waits until it is in a block, which is a moment later. What was accepted may still come to nothing: its receipt tells. */
async function send(rpc: Rpc, transaction: object): Promise<Hash> {
  const hash = await rpc<Hash>('eth_sendTransaction', transaction)
  for (let tries = 0; tries < mostTries; tries++) {
    const receipt = await rpc<{ status: string } | null>('eth_getTransactionReceipt', hash)
    if (receipt === null) await pause(tries < 20 ? 1 : 20)
    else if (BigInt(receipt.status) === 1n) return hash
    else throw new Error('the transaction was reverted')
  }
  throw new Error('the transaction was not mined')
}

/** Some five seconds: a chain whose mining was switched off, by a test, never gets there. */
const mostTries = 250
