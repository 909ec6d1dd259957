import type { Provider } from '../../shared/browser/find-wallets.ts'
import type { PreparedTransaction, WalletOrder } from '../live/wallet-order.ts'
import type { ScriptWords } from '../words/pay-words.ts'
import { codeOf, Trouble, unknownChain } from './trouble.ts'

/** A transaction that a wallet has taken. */
export type Sent = { readonly hash: string; readonly account: string; readonly number: number; readonly units: string }

type Steps = {
  readonly order: WalletOrder
  /** the page's own address */
  readonly own: string
  readonly say: (word: keyof ScriptWords) => void
}

/**
 * Has a wallet pay exactly what the page shows: connected, on the right network, with a transaction that the server prepares in this moment. Throws
 * `Trouble`, or what the wallet threw; nothing was sent then.
 */
export async function payWith({ request }: Provider, { order, own, say }: Steps): Promise<Sent> {
  const ask = <T>(method: string, ...params: readonly unknown[]) => request({ method, params }) as Promise<T>
  say('connecting')
  const [account] = await ask<string[]>('eth_requestAccounts')
  if (!account) throw new Trouble('locked')
  await toNetwork(ask, order, say)
  await refuseRealNetwork(ask, order)
  const { balance, ...transaction } = await prepare(own, order)
  await refuseEmpty(ask, order, account, { balance, ...transaction })
  if (!(await isOnNetwork(ask, order))) throw new Trouble('wrongNetwork')
  // Before it is sent: the page may be gone when it is, and a sped-up transaction has another hash.
  await tell(own, order, account)
  say('confirm')
  const hash = await ask<string>('eth_sendTransaction', { from: account, ...transaction })
  await tell(own, order, account, hash)
  return { hash, account, number: order.number, units: order.units }
}

type Ask = <T>(method: string, ...params: readonly unknown[]) => Promise<T>

async function isOnNetwork(ask: Ask, { chainId }: WalletOrder): Promise<boolean> {
  return BigInt(await ask<string>('eth_chainId')) === BigInt(chainId)
}

async function toNetwork(ask: Ask, order: WalletOrder, say: Steps['say']): Promise<void> {
  if (await isOnNetwork(ask, order)) return
  say('switching')
  const { chainId, add } = order
  const change = () => ask('wallet_switchEthereumChain', { chainId })
  try {
    await change()
  } catch (error) {
    const code = codeOf(error)
    if (code === 4200 || code === -32601) throw new Trouble('wrongNetwork')
    if (code !== unknownChain) throw error
    if (!add) throw new Trouble('addByHand')
    await ask('wallet_addEthereumChain', add)
    // Most wallets have switched by now; some only add.
    if (!(await isOnNetwork(ask, order))) await change()
  }
  if (!(await isOnNetwork(ask, order))) throw new Trouble('wrongNetwork')
}

/** A chain of the sandbox has the number of a real one: a wallet that is on the real one would send real money. */
async function refuseRealNetwork(ask: Ask, { genesis, add }: WalletOrder): Promise<void> {
  if (genesis === null) return
  const first = await ask<{ hash?: string } | null>('eth_getBlockByNumber', '0x0', false)
  if (first?.hash !== genesis) throw new Trouble('realNetwork', add?.rpcUrls[0])
}

async function prepare(own: string, { number, units }: WalletOrder): Promise<PreparedTransaction> {
  const response = await fetch(`${own}/transaction/${number}?units=${units}`).catch(() => undefined)
  if (response?.status === 409) throw new Trouble('changed')
  if (!response?.ok) throw new Trouble('busy')
  return (await response.json()) as PreparedTransaction
}

/** Said here, for wallets say it badly. One that cannot be asked says so itself, later. */
async function refuseEmpty(
  ask: Ask,
  { isCoin, units }: WalletOrder,
  account: string,
  { balance }: PreparedTransaction,
): Promise<void> {
  const unknown = () => undefined
  const call = balance && { to: balance.to, data: balance.data + account.slice(2).toLowerCase() }
  const [coins, tokens] = await Promise.all([
    ask<string>('eth_getBalance', account, 'latest').catch(unknown),
    call ? ask<string>('eth_call', call, 'latest').catch(unknown) : undefined,
  ])
  const held = isCoin ? coins : tokens
  if (isNumber(held) && BigInt(held) < BigInt(units)) throw new Trouble('insufficient')
  if (isNumber(coins) && BigInt(coins) === 0n) throw new Trouble('noFee')
}

function isNumber(text: unknown): text is string {
  return typeof text === 'string' && /^0x[\da-f]+$/i.test(text)
}

/** A hint and no more. It survives the end of the page, and a failure of it stops nobody: the amount alone finds its payment. */
async function tell(own: string, { chainId }: WalletOrder, account: string, transaction = ''): Promise<void> {
  const body = new URLSearchParams({ chain: String(Number(chainId)), account, transaction })
  await fetch(`${own}/hint`, { method: 'POST', body, keepalive: true }).catch(() => undefined)
}
