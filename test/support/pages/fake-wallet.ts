import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import type { Address } from '../../../src/domain/chain/address.ts'
import { tokenAmount } from '../../../src/kernel/token-amount.ts'
import type { LocalChain } from '../../../src/rails/evm/local/local-chain.ts'

export type FakeWallet = {
  readonly name: string
  account: Address
  /** the network it is on */
  chainId: number
  /** networks that it knows */
  readonly known: Set<number>
  /** what the user answers: to a connection, and to a transaction */
  answer: 'yes' | 'no' | 'pending'
  /** methods that it was asked for, in order */
  readonly asked: string[]
  /** parameters of every `wallet_addEthereumChain` */
  readonly added: unknown[]
  /** parameters of every `eth_sendTransaction` that the user agreed to */
  readonly sent: Record<string, string>[]
  /** hashes of what was sent */
  readonly hashes: string[]
}

type Question = { readonly method: string; readonly params?: readonly unknown[] }

/** A wallet with accounts of the local chain, which signs there by itself; everything else is as EIP-1193 and EIP-6963 say. */
export function fakeWallet(local: LocalChain, overrides: Partial<FakeWallet> = {}): FakeWallet {
  const lists = { asked: [], added: [], sent: [], hashes: [] }
  return {
    ...{ name: 'MetaMask', account: local.account, chainId: 321, known: new Set([321]), answer: 'yes' },
    ...lists,
    ...overrides,
  }
}

/** Puts wallets into every page that is opened from now on. */
export async function installWallets(page: Page, local: LocalChain, wallets: readonly FakeWallet[]): Promise<void> {
  await page.exposeFunction('askWallet', async (at: number, question: Question) => {
    const wallet = wallets[at]
    if (!wallet) return { error: { code: -32603, message: 'no such wallet' } }
    wallet.asked.push(question.method)
    try {
      return { result: await answerOf(wallet, local, question) }
    } catch (error) {
      const { code = -32603, message } = error as { code?: number; message: string }
      return { error: { code, message } }
    }
  })
  await page.addInitScript(`{
    const icon = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="orange"/></svg>'
    const announce = () => ${JSON.stringify(wallets.map(({ name }) => name))}.forEach((name, at) => {
      const request = async (question) => {
        const { result, error } = await window.askWallet(at, question)
        if (error) throw Object.assign(new Error(error.message), { code: error.code })
        return result
      }
      const info = { uuid: '350670db-19fa-4704-a166-e52e178b59d' + at, name, icon, rdns: 'test.wallet' + at }
      window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider: { request } }) }))
    })
    window.addEventListener('eip6963:requestProvider', announce)
    announce()
  }`)
}

function refuse(code: number, message: string): never {
  throw Object.assign(new Error(message), { code })
}

function asUser({ answer }: FakeWallet): void {
  if (answer === 'no') refuse(4001, 'User rejected the request.')
  if (answer === 'pending') refuse(-32002, 'Request already pending.')
}

async function answerOf(wallet: FakeWallet, local: LocalChain, { method, params = [] }: Question): Promise<unknown> {
  const [first] = params as Record<string, string>[]
  switch (method) {
    case 'eth_requestAccounts':
      return [wallet.account]
    case 'eth_chainId':
      return `0x${wallet.chainId.toString(16)}`
    case 'wallet_switchEthereumChain': {
      const chainId = Number(first?.chainId)
      if (!wallet.known.has(chainId)) refuse(4902, 'Unrecognized chain ID.')
      asUser(wallet)
      wallet.chainId = chainId
      return null
    }
    case 'wallet_addEthereumChain':
      asUser(wallet)
      wallet.added.push(first)
      wallet.known.add(Number(first?.chainId))
      return null
    case 'eth_sendTransaction': {
      asUser(wallet)
      if (wallet.chainId !== local.chainId) refuse(4901, 'The wallet is on another chain.')
      if (first) wallet.sent.push(first)
      const hash = await local.rpc<string>(method, first)
      wallet.hashes.push(hash)
      return hash
    }
    default:
      return await local.rpc(method, ...params)
  }
}

/** Somebody with coins and tokens whom no other test knows: an account that two payments name decides nothing. */
export async function newAccount(local: LocalChain): Promise<Address> {
  const account = `0x${randomBytes(20).toString('hex')}` as Address
  await local.rpc('anvil_autoImpersonateAccount', true)
  await local.rpc('anvil_setBalance', account, `0x${(10n ** 20n).toString(16)}`)
  for (const { address, decimals } of local.tokens.slice(1))
    await local.pay({ token: address, recipient: account, units: tokenAmount(1_000n * 10n ** BigInt(decimals)) })
  return account
}
