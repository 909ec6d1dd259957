import { getAddress, recoverMessageAddress } from 'viem'
import type { Address, ChainId } from '../../domain/chain/address.ts'

/** What the holder of an address agrees to by signing (EIP-4361). */
export type Agreement = {
  readonly address: Address
  /** of the page that asks: wallets compare it with the one that is open */
  readonly domain: string
  readonly uri: string
  /** printable ASCII, one line */
  readonly statement: string
  readonly chainId: ChainId
  /** at least eight letters and digits */
  readonly nonce: string
  /** ISO 8601 */
  readonly issuedAt: string
  /** letters and digits: stands for whatever else is agreed to */
  readonly requestId: string
}

/** The text that a wallet shows and signs, to the letter. */
export function agreementText(agreement: Agreement): string {
  const { address, domain, uri, statement, chainId, nonce, issuedAt, requestId } = agreement
  return [
    `${domain} wants you to sign in with your Ethereum account:`,
    getAddress(address),
    '',
    statement,
    '',
    `URI: ${uri}`,
    'Version: 1',
    `Chain ID: ${chainId}`,
    `Nonce: ${nonce}`,
    `Issued At: ${issuedAt}`,
    `Request ID: ${requestId}`,
  ].join('\n')
}

/**
 * Whether the key of the address has signed the text (EIP-191). A wallet that is a contract has no key of its own and proves nothing here: it would
 * have to be asked on its chain, and may be another one's on the next.
 */
export async function isSignedBy(address: Address, text: string, signature: string): Promise<boolean> {
  if (!/^0x[\da-f]{130}$/i.test(signature)) return false
  try {
    const signer = await recoverMessageAddress({ message: text, signature: signature as `0x${string}` })
    return signer.toLowerCase() === address
  } catch {
    // No point of the curve: nobody's signature.
    return false
  }
}
