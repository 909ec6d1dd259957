import { isAddress } from 'viem'
import { type Address, parseAddress } from '../../domain/chain/address.ts'

/** An address as people copy it. Mixed case must be right (EIP-55): it is there to catch a mistyped character. Undefined for anything else. */
export function readAddress(text: string): Address | undefined {
  const hex = text.slice(2)
  const hasChecksum = hex !== hex.toLowerCase() && hex !== hex.toUpperCase()
  if (hasChecksum && !isAddress(text, { strict: true })) return undefined
  return parseAddress(text)
}
