import type { TokenAmount } from '../../kernel/token-amount.ts'
import { type Address, type ChainId, coin } from './address.ts'

/**
 * The EIP-681 text behind a wallet's QR code, amounts in smallest units as plain integers. Wallets are known to misread it (some take the
 * contract for the recipient, some ignore the chain), so that what it says always stands beside it.
 */
export function paymentUri(request: {
  readonly chainId: ChainId
  readonly token: Address
  readonly recipient: Address
  readonly units: TokenAmount
}): string {
  const { chainId, token, recipient, units } = request
  if (token === coin) return `ethereum:${recipient}@${chainId}?value=${units}`
  return `ethereum:${token}@${chainId}/transfer?address=${recipient}&uint256=${units}`
}

/** What a wallet is asked to send: `to`, `value` and `data` of `eth_sendTransaction`, prepared here so that no page needs a library. */
export function paymentTransaction(request: {
  readonly token: Address
  readonly recipient: Address
  readonly units: TokenAmount
}): { readonly to: Address; readonly value: string; readonly data: string } {
  const { token, recipient, units } = request
  if (token === coin) return { to: recipient, value: hex(units), data: '0x' }
  const argument = (digits: string): string => digits.padStart(64, '0')
  return {
    to: token,
    value: '0x0',
    data: `${transferSelector}${argument(recipient.slice(2))}${argument(units.toString(16))}`,
  }
}

/** The first four bytes of keccak256 of `transfer(address,uint256)`. */
const transferSelector = '0xa9059cbb'

function hex(value: bigint): string {
  return `0x${value.toString(16)}`
}

/** The beginning of an `eth_call` that asks a token what an account holds: the account's 40 digits follow `data`. */
export function balanceQuestion(token: Address): { readonly to: Address; readonly data: string } {
  return { to: token, data: `${balanceSelector}${'0'.repeat(24)}` }
}

/** The first four bytes of keccak256 of `balanceOf(address)`. */
const balanceSelector = '0x70a08231'
