import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { insertApiKey } from '../../db/merchant/api-keys.ts'
import type { Protocol } from '../../domain/payment/payment.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { App, KeyKind } from '../app.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'
import { hashKey } from './hash-key.ts'

/** Which keys a protocol knows; the first is the one a merchant's server uses. */
export const keyKinds = {
  scalapay: ['merchant', 'device'],
  kupay: ['token', 'api_key'],
  salescloud: ['admin'],
} as const satisfies Record<Protocol, readonly KeyKind[]>

export type KeyRequest = {
  readonly merchantId: MerchantId
  readonly protocol: Protocol
  /** one of `keyKinds[protocol]` */
  readonly kind: KeyKind
  readonly mode: App['mode']
}

/** `key` is the key itself, shown this once; `id` names it from now on. */
export type CreatedKey = { readonly id: string; readonly key: string; readonly last4: string }

/**
 * Makes a key of 192 random bits. Its SHA-256 is kept, and for the keys that sign webhooks (Scalapay's merchant keys) a sealed
 * copy. `sealer` is asked only for those. Throws `Unavailable` when the database is away.
 */
export async function createKey(
  pool: pg.Pool,
  sealer: () => Sealer,
  { merchantId, protocol, kind, mode }: KeyRequest,
): Promise<CreatedKey> {
  const key = `${prefixes[protocol]}_${mode === 'live' ? 'live' : 'test'}_${randomBytes(24).toString('hex')}`
  const id = `key_${randomBytes(8).toString('hex')}`
  const last4 = key.slice(-4)
  const sealed = protocol === 'scalapay' && kind === 'merchant' ? sealer().seal(key) : null
  await outageAsUnavailable(insertApiKey(pool, { id, hash: hashKey(key), merchantId, kind, protocol, last4, sealed }))
  return { id, key, last4 }
}

const prefixes: Record<Protocol, string> = { scalapay: 'sp', kupay: 'kp', salescloud: 'sc' }
