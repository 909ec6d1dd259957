import type pg from 'pg'
import { listChains, lockChains, saveChain } from '../../../db/chain/chains.ts'
import { forgetChain } from '../../../db/chain/watch.ts'
import { keepIfOk } from '../../../db/wire/transaction.ts'
import { type ChainId, coin } from '../../../domain/chain/address.ts'
import type { Chain } from '../../../domain/chain/chain.ts'
import { type ChainAddressUse, refusalOfChainAddress } from '../../../domain/chain/chain-address.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { EndpointProbe, KnownChain } from '../../../rails/chain-rail.ts'
import { chainRail } from '../../../rails/index.ts'
import { knownPriceNames } from '../../../rails/quotes/coingecko.ts'
import type { Sealer } from '../../shared/seal.ts'
import { openEndpoint, sealEndpoint } from './sealed-endpoint.ts'

/** What an operator says of a chain; what is not named stays, or is what is usual for it. */
export type ChainWish = {
  readonly name?: string
  readonly coin?: string
  /** RPC addresses, the preferred one first; all of them from now on */
  readonly endpoints?: readonly string[]
  /** null: wallets are told none, and are set up by hand */
  readonly walletRpcUrl?: string | null
  readonly explorerUrl?: string | null
  readonly confirmations?: number
  readonly hasFinality?: boolean
  /** of the chain's own coin, as `Token.priceName` */
  readonly priceName?: string
}

export type ChainOperatorParts = {
  readonly pool: pg.Pool
  readonly mode: 'sandbox' | 'live'
  readonly sealer: Pick<Sealer, 'seal' | 'open'>
}

export type SavedChain = { readonly chain: Chain; readonly probes: readonly EndpointProbe[] }

/** Sets up a chain that is not there, or was removed. Every endpoint is asked first. Refused with a sentence that says what to do. */
export async function addChain(
  parts: ChainOperatorParts,
  id: ChainId,
  wish: ChainWish,
): Promise<Result<SavedChain, string>> {
  const made = newChain(id, wish, await chainRail.findKnownChain(id))
  if (!made.ok) return made
  return await checkAndSave(parts, made.value, wish, async (client, chains) => {
    if (chains.some((each) => each.id === id)) return refuse(`chain ${id} is set up already: tercet chains set ${id}`)
    // Where it was left off may be years away: it is read from its head, or from what is still asked for.
    await forgetChain(client, id)
    return ok(made.value)
  })
}

/** Changes what is named. */
export async function changeChain(
  parts: ChainOperatorParts,
  id: ChainId,
  wish: ChainWish,
): Promise<Result<SavedChain, string>> {
  const before = (await listChains(parts.pool)).find((each) => each.id === id)
  if (!before) return refuse(`chain ${id} is not set up: tercet chains add ${id}`)
  if (before.isLocal) return refuse(`chain ${id} runs inside this sandbox, which sets it up itself`)
  const opened = (chain: Chain): Chain => ({
    ...chain,
    endpoints: chain.endpoints.map((each) => openEndpoint(parts.sealer, each)),
  })
  return await checkAndSave(parts, changed(opened(before), wish), wish, async (_, chains) => {
    // As it is in this moment: another command may have changed something else of it meanwhile.
    const now = chains.find((each) => each.id === id)
    return now ? ok(changed(opened(now), wish)) : refuse(`chain ${id} was removed in this moment`)
  })
}

/** Blocks that have always been enough, and whether the chain's word of what is final is worth something. */
const habits: Readonly<Record<number, Pick<Chain, 'confirmations' | 'hasFinality'>>> = {
  1: { confirmations: 12, hasFinality: true },
  56: { confirmations: 15, hasFinality: true },
  97: { confirmations: 15, hasFinality: true },
  321: { confirmations: 12, hasFinality: false },
  322: { confirmations: 12, hasFinality: false },
}
const usual = { confirmations: 30, hasFinality: false }

function newChain(id: ChainId, wish: ChainWish, known: KnownChain | undefined): Result<Chain, string> {
  const name = wish.name ?? known?.name
  const symbol = wish.coin ?? known?.coin
  if (!name || !symbol)
    return refuse(`chain ${id} is not known here: say what it is called and its coin, --name and --coin`)
  if (!wish.endpoints?.length) return refuse('say where the chain is asked: --rpc')
  const blank: Chain = {
    ...{ id, name, coin: symbol, explorerUrl: known?.explorerUrl ?? null, walletRpcUrl: null, isLocal: false },
    ...(habits[id] ?? usual),
    ...{ endpoints: [], tokens: [] },
  }
  return ok(changed(blank, wish))
}

function changed(chain: Chain, { priceName, ...wish }: ChainWish): Chain {
  const after = { ...chain, ...Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) }
  const before = chain.tokens.find(({ address }) => address === coin)
  const own = { address: coin, symbol: after.coin, decimals: 18, peg: null }
  const named = priceName ?? (before?.symbol === after.coin ? before.priceName : undefined)
  const others = chain.tokens.filter(({ address }) => address !== coin)
  return { ...after, tokens: [{ ...own, ...(named !== undefined && { priceName: named }) }, ...others] }
}

async function checkAndSave(
  { pool, mode, sealer }: ChainOperatorParts,
  chain: Chain,
  wish: ChainWish,
  current: (client: pg.PoolClient, chains: readonly Chain[]) => Promise<Result<Chain, string>>,
): Promise<Result<SavedChain, string>> {
  const wrong = refusalOf(chain, wish, mode)
  if (wrong !== undefined) return refuse(wrong)
  const probes = wish.endpoints ? await probeAll(chain) : []
  const failed = probes.filter(({ problem }) => problem !== null)
  if (failed.length > 0) return refuse(failed.map(({ host, problem }) => `${host}: ${problem}`).join('; '))
  return await keepIfOk(pool, async (client) => {
    await lockChains(client)
    const now = await current(client, await listChains(client))
    if (!now.ok) return now
    await saveChain(client, { ...now.value, endpoints: now.value.endpoints.map((each) => sealEndpoint(sealer, each)) })
    return ok({ chain: now.value, probes })
  })
}

async function probeAll({ id, endpoints }: Chain): Promise<EndpointProbe[]> {
  return await Promise.all(endpoints.map((url) => chainRail.probeEndpoint(url, id)))
}

const mostEndpoints = 16

/** What is wrong with a chain, in a sentence; undefined when nothing is. The tables' own checks are the same. */
function refusalOf(chain: Chain, wish: ChainWish, mode: 'sandbox' | 'live'): string | undefined {
  const { name, coin: symbol, endpoints, walletRpcUrl, explorerUrl, confirmations, tokens } = chain
  if (!/^[^\p{C}]{1,60}$/u.test(name) || name.trim() === '') return 'a chain has a name of 1 to 60 characters'
  if (!/^[\w.$+-]{1,20}$/.test(symbol)) return 'a coin has a symbol of 1 to 20 letters and digits, like KCS'
  if (tokens.filter((each) => each.symbol === symbol).length > 1)
    return `chain ${chain.id} has a token that is called ${symbol} as well`
  const badPriceName = refusalOfPriceName(symbol, wish.priceName)
  if (badPriceName !== undefined) return badPriceName
  if (confirmations < 1 || confirmations > 10_000) return 'a chain has 1 to 10000 confirmations'
  if (endpoints.length > mostEndpoints) return `a chain has ${mostEndpoints} endpoints at most`
  if (new Set(endpoints).size < endpoints.length) return 'the same endpoint is named twice'
  const check = (text: string | null | undefined, use: ChainAddressUse) => {
    const refusal = text ? refusalOfChainAddress(text, use, mode) : undefined
    return refusal && `the address ${use === 'endpoint' ? 'of an endpoint' : `for ${uses[use]}`} ${refusal}`
  }
  return [
    ...(wish.endpoints ? endpoints.map((each) => check(each, 'endpoint')) : []),
    check(walletRpcUrl, 'wallet'),
    check(explorerUrl, 'explorer'),
  ].find((refusal) => refusal !== undefined)
}

/**
 * What is wrong with what a token is called in the price list; undefined when nothing is. Symbols that the list is asked for anyway have one price on all chains,
 * and the dollar's rate comes from one of them.
 */
export function refusalOfPriceName(symbol: string, priceName: string | undefined): string | undefined {
  if (priceName === undefined) return undefined
  if (!/^[a-z0-9][a-z0-9-]{0,99}$/.test(priceName))
    return 'a name in the price list has small letters, digits and hyphens, like polygon-ecosystem-token'
  const known = knownPriceNames[symbol]
  if (known === undefined || known === priceName) return undefined
  return `${symbol} has the price of ${known} here: leave --price-name out, or give it another symbol`
}

const uses = { wallet: 'wallets', explorer: 'the explorer' } as const
