import type { Address, Hash } from '../../domain/chain/address.ts'

/** Addresses and hashes are bytes in the database and lower-case hex everywhere else. */
export function bytesOf(hex: Address | Hash): Buffer {
  return Buffer.from(hex.slice(2), 'hex')
}

export function bytesOrNull(hex: Address | Hash | null): Buffer | null {
  return hex === null ? null : bytesOf(hex)
}

export function addressOf(bytes: Buffer): Address {
  return `0x${bytes.toString('hex')}` as Address
}

export function hashOf(bytes: Buffer): Hash {
  return `0x${bytes.toString('hex')}` as Hash
}
