import { getAddress, recoverMessageAddress } from 'viem'
import type { Address } from '../../domain/chain/address.ts'
import type { Agreement } from '../chain-rail.ts'

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
