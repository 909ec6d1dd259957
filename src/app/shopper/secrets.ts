import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/** Keyed hashes for what shoppers hold: codes, cookies, form tokens. Each purpose has a key of its own. */
export type ShopperSecrets = {
  readonly hash: (purpose: Purpose, text: string) => Buffer
  /** A new secret for a cookie: 128 bits, 22 characters fit for a cookie and a URL. */
  readonly make: () => string
}

export type Purpose = 'visitor' | 'session' | 'code' | 'address' | 'contact' | 'form'

/** `secretKey` is the server's: hashes of one server mean nothing to another. */
export function createShopperSecrets(secretKey: Uint8Array): ShopperSecrets {
  const keys = new Map<Purpose, Buffer>()
  const keyOf = (purpose: Purpose): Buffer => {
    const known = keys.get(purpose) ?? Buffer.from(hkdfSync('sha256', secretKey, '', `tercet shopper ${purpose}`, 32))
    keys.set(purpose, known)
    return known
  }
  return {
    hash: (purpose, text) => createHmac('sha256', keyOf(purpose)).update(text, 'utf8').digest(),
    make: () => randomBytes(16).toString('base64url'),
  }
}

/** In constant time. */
export function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
