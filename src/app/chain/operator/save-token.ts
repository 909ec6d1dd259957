import { listChains, listFormerTokens, lockChains, saveChain } from '../../../db/chain/chains.ts'
import { keepIfOk } from '../../../db/wire/transaction.ts'
import { type Address, type ChainId, coin } from '../../../domain/chain/address.ts'
import type { Chain, Token } from '../../../domain/chain/chain.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { TokenFacts } from '../../../rails/chain-rail.ts'
import { chainRail } from '../../../rails/index.ts'
import { type ChainOperatorParts, refusalOfPriceName } from './save-chain.ts'
import { openEndpoint } from './sealed-endpoint.ts'

/** What an operator says of a token; its contract says the rest, and what both say must agree. */
export type TokenWish = {
  readonly address: string
  readonly symbol?: string
  readonly decimals?: number
  readonly isPegged: boolean
  readonly priceName?: string
}

/** Lets payments come in a token. Its contract is asked at every endpoint; a symbol alone says nothing, anybody can give a token any. */
export async function addToken(
  parts: ChainOperatorParts,
  chainId: ChainId,
  wish: TokenWish,
): Promise<Result<Token, string>> {
  const address = await chainRail.readAddress(wish.address)
  if (address === undefined || address === coin)
    return refuse('that is not an address of a contract, or a character of it was mistyped')
  const chain = await ownChain(parts, chainId)
  if (!chain.ok) return chain
  const facts = await agreedFacts(parts, chain.value, address)
  if (!facts.ok) return facts
  const token = tokenOf(address, wish, facts.value)
  if (!token.ok) return token
  return await keepIfOk(parts.pool, async (client) => {
    await lockChains(client)
    const chains = await listChains(client)
    const now = chains.find(({ id }) => id === chainId)
    if (!now) return refuse(`chain ${chainId} was removed in this moment`)
    const clash =
      clashOf(token.value, now, chains) ?? formerClashOf(token.value, await listFormerTokens(client, chainId))
    if (clash !== undefined) return refuse(clash)
    await saveChain(client, { ...now, tokens: [...now.tokens, token.value] })
    return token
  })
}

/** Lets no payment come in a token any more, by its symbol or its contract. What open payments asked for is still watched. */
export async function removeToken(
  parts: ChainOperatorParts,
  chainId: ChainId,
  named: string,
): Promise<Result<Token, string>> {
  const chain = await ownChain(parts, chainId)
  if (!chain.ok) return chain
  return await keepIfOk(parts.pool, async (client) => {
    await lockChains(client)
    const now = (await listChains(client)).find(({ id }) => id === chainId)
    const token = now?.tokens.find(({ symbol, address }) => symbol === named || address === named.toLowerCase())
    if (!now || !token) return refuse(`chain ${chainId} has no token ${named}: tercet tokens list`)
    if (token.address === coin)
      return refuse(`${named} is the chain’s own coin: leave it out of a merchant’s terms instead`)
    await saveChain(client, { ...now, tokens: now.tokens.filter(({ address }) => address !== token.address) })
    return ok(token)
  })
}

async function ownChain({ pool }: ChainOperatorParts, id: ChainId): Promise<Result<Chain, string>> {
  const chain = (await listChains(pool)).find((each) => each.id === id)
  if (!chain) return refuse(`chain ${id} is not set up: tercet chains add ${id}`)
  if (chain.isLocal) return refuse(`chain ${id} runs inside this sandbox, which gives it its tokens itself`)
  return ok(chain)
}

async function agreedFacts(
  { sealer }: ChainOperatorParts,
  { endpoints }: Chain,
  address: Address,
): Promise<Result<TokenFacts, string>> {
  try {
    const all = await Promise.all(
      endpoints.map((each) => chainRail.readTokenFacts(openEndpoint(sealer, each), address)),
    )
    const [first] = all
    if (!first) return refuse('there is no token at that address: no contract there says how many decimals it has')
    if (all.some((each) => each?.decimals !== first.decimals))
      return refuse('the endpoints do not agree on how many decimals it has: tercet chains test')
    return ok(first)
  } catch (error) {
    // An endpoint that is away: it says which.
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

function tokenOf(address: Address, wish: TokenWish, facts: TokenFacts): Result<Token, string> {
  const symbol = wish.symbol ?? facts.symbol ?? ''
  if (wish.decimals !== undefined && wish.decimals !== facts.decimals)
    return refuse(`its contract says ${facts.decimals} decimals, not ${wish.decimals}`)
  if (facts.decimals > 36) return refuse(`it has ${facts.decimals} decimals; 36 at most can be counted`)
  if (!/^[\w.$+-]{1,20}$/.test(symbol))
    return refuse('its contract has no symbol of 1 to 20 letters and digits: give it one with --symbol')
  const badPriceName = refusalOfPriceName(symbol, wish.priceName)
  if (badPriceName !== undefined) return refuse(badPriceName)
  return ok({
    ...{ address, symbol, decimals: facts.decimals, peg: wish.isPegged ? ('USD' as const) : null },
    ...(wish.priceName !== undefined && { priceName: wish.priceName }),
  })
}

/** What payments were asked for in keeps its name. */
function formerClashOf(token: Token, former: readonly Pick<Token, 'address' | 'symbol'>[]): string | undefined {
  const clash = former.find(({ symbol, address }) => symbol === token.symbol && address !== token.address)
  return clash && `${token.symbol} was the name of ${clash.address} here: give this one another name with --symbol`
}

/** Prices go by symbols: one symbol must be the same money everywhere. */
function clashOf(token: Token, chain: Chain, chains: readonly Chain[]): string | undefined {
  const same = chain.tokens.find(({ symbol, address }) => symbol === token.symbol || address === token.address)
  if (same?.address === token.address) return `chain ${chain.id} has that token already, as ${same.symbol}`
  if (same) return `chain ${chain.id} has another token ${token.symbol}: give this one another name with --symbol`
  const other = chains.flatMap(({ tokens }) => tokens).find(({ symbol }) => symbol === token.symbol)
  if (other && (other.priceName !== token.priceName || other.peg !== token.peg))
    return `${token.symbol} of another chain has another price or peg: give this one another name with --symbol, or the same --price-name and --peg`
  return undefined
}
