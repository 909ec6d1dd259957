import type { Brand } from '../../kernel/brand.ts'

/** An account or a contract: `0x` and 40 hex digits, lower case. Mixed case is a checksum and is for people; see `rails/evm/checksum.ts`. */
export type Address = Brand<string, 'Address'>

/** The hash of a transaction or a block: `0x` and 64 hex digits, lower case. */
export type Hash = Brand<string, 'Hash'>

/** EIP-155 number of a chain: 321 is KCC, 56 is BSC. */
export type ChainId = Brand<number, 'ChainId'>

/** Stands for a chain's own coin where a token's contract would: nothing can be deployed there. */
export const coin = `0x${'0'.repeat(40)}` as Address

/** The text as an address, its case forgotten; undefined for anything else. */
export function parseAddress(text: string): Address | undefined {
  return /^0x[\da-f]{40}$/i.test(text) ? (text.toLowerCase() as Address) : undefined
}

export function parseHash(text: string): Hash | undefined {
  return /^0x[\da-f]{64}$/i.test(text) ? (text.toLowerCase() as Hash) : undefined
}

export function parseChainId(value: number): ChainId | undefined {
  return Number.isSafeInteger(value) && value > 0 ? (value as ChainId) : undefined
}
