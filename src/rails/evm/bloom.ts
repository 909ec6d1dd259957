import { hexToBytes, keccak256 } from 'viem'
import type { Address } from '../../domain/chain/address.ts'

/** First topic of every ERC-20 transfer: keccak256 of `Transfer(address,address,uint256)`. */
export const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

/** An address as an indexed topic. */
export function topicOf(address: Address): `0x${string}` {
  return `0x${address.slice(2).padStart(64, '0')}`
}

/**
 * Whether a block's own filter of its logs allows for a transfer of one of these tokens to one of these wallets. `false` is certain. `true`
 * beside an empty answer is a reason to ask again: an endpoint may have the block and not its logs yet.
 */
export function mayHoldTransfer(
  logsBloom: string,
  tokens: readonly Address[],
  recipients: readonly Address[],
): boolean {
  const bloom = hexToBytes(logsBloom as `0x${string}`)
  const has = (value: string): boolean =>
    bitsOf(value).every((bit) => ((bloom[255 - (bit >> 3)] ?? 0) >> (bit & 7)) & 1)
  return has(transferTopic) && tokens.some(has) && recipients.some((recipient) => has(topicOf(recipient)))
}

/** The three bits of the 2,048 that a value sets (yellow paper, 4.3.1): remembered, since wallets and tokens come again with every block. */
function bitsOf(value: string): readonly number[] {
  const known = bitsByValue.get(value)
  if (known) return known
  const hash = keccak256(value as `0x${string}`, 'bytes')
  const bits = [0, 2, 4].map((at) => (((hash[at] as number) << 8) | (hash[at + 1] as number)) & 2047)
  if (bitsByValue.size >= mostRemembered) bitsByValue.clear()
  bitsByValue.set(value, bits)
  return bits
}

const mostRemembered = 20_000
const bitsByValue = new Map<string, readonly number[]>()
