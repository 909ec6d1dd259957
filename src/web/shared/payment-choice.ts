import { type Address, type ChainId, parseAddress, parseChainId } from '../../domain/chain/address.ts'

/** What a shopper pays with: a token of a chain. */
export type TokenWish = { readonly chainId: ChainId; readonly token: Address }

/** How a form names it: `321/0x...`. */
export function choiceName(chainId: ChainId, token: string): string {
  return `${chainId}/${token}`
}

/** What a form named; undefined for what is not a name. */
export function wishNamed(name: string): TokenWish | undefined {
  const [chain = '', address = ''] = name.split('/')
  const [chainId, token] = [parseChainId(Number(chain)), parseAddress(address)]
  return chainId === undefined || token === undefined ? undefined : { chainId, token }
}
