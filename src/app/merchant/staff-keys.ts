import { createHash } from 'node:crypto'
import type pg from 'pg'
import { type ApiKeyRow, countLiveKeys, letKeyExpire, listApiKeys, revokeKeyOf } from '../../db/merchant/api-keys.ts'
import { lockMerchant } from '../../db/merchant/change-merchant.ts'
import { findMerchant } from '../../db/merchant/merchants.ts'
import { inTransaction, keepIfOk } from '../../db/wire/transaction.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { type Result, refuse } from '../../kernel/result.ts'
import type { App, KeyKind } from '../app.ts'
import { type By, recordIn } from '../audit/audit-log.ts'
import type { ClaimNames } from '../cell/cell-directory.ts'
import type { ProtocolProfile } from '../protocol-profile.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'
import { type CreatedKey, createKey } from './create-key.ts'

export type { ApiKeyRow } from '../../db/merchant/api-keys.ts'

export type NewKey = {
  readonly merchantId: MerchantId
  readonly protocol: string
  readonly kind: string
  readonly name: string
  /** of one press of the button: the same one never makes a second key */
  readonly press: string
  readonly by: By
}

export type KeyRotation = {
  readonly merchantId: MerchantId
  readonly id: string
  /** how long the old key still opens; 0 ends it at once */
  readonly overlapSeconds: number
  readonly press: string
  readonly by: By
}

export type KeyRefusal =
  | { readonly kind: 'unknown' }
  /** the press has made its key already, whose text was shown and is not kept */
  | { readonly kind: 'made_already' }
  | { readonly kind: 'too_many' }
  | { readonly kind: 'unknown_kind' }
  /** a sentence that says why; `currencies` are those of the API, where the merchant's is another */
  | { readonly kind: 'useless'; readonly sentence: string; readonly currencies: readonly string[] }

/** What may be made for a merchant: an API and the kinds of its keys, the usual one first. */
export type KeyChoice = { readonly protocol: string; readonly kinds: readonly KeyKind[] }

/**
 * A merchant's keys, as its staff looks after them. A key is in the answer of what made it and nowhere else. Every change stands in the audit log
 * in the same transaction, without the key. All throw `Unavailable` when the database is away.
 */
export type StaffKeys = {
  readonly list: (merchantId: MerchantId) => Promise<readonly ApiKeyRow[]>
  readonly choices: (merchantId: MerchantId) => Promise<readonly KeyChoice[]>
  readonly create: (request: NewKey) => Promise<Result<CreatedKey, KeyRefusal>>
  /** A new key of the same kind; the old one ends after the overlap. One whose end is set is not rotated again. */
  readonly rotate: (request: KeyRotation) => Promise<Result<CreatedKey, KeyRefusal>>
  readonly revoke: (merchantId: MerchantId, id: string, by: By) => Promise<boolean>
}

export type StaffKeyParts = {
  readonly pool: pg.Pool
  readonly sealer: Sealer
  readonly clock: Clock
  readonly mode: App['mode']
  readonly profiles: ReadonlyMap<string, ProtocolProfile>
  /** what lets a new key lead to this cell; default nothing */
  readonly claim?: ClaimNames | undefined
}

/** Live keys of a merchant: enough for every till, few enough to look through. */
const mostKeys = 100

type Client = pg.PoolClient
type Made = Result<CreatedKey, KeyRefusal>

export function createStaffKeys({ pool, sealer, clock, mode, profiles, claim }: StaffKeyParts): StaffKeys {
  async function make(client: Client, request: NewKey, replaces?: string): Promise<Made> {
    const { merchantId, protocol, kind, name } = request
    const merchant = await findMerchant(client, merchantId)
    const profile = profiles.get(protocol)
    const known = profile?.keys.kinds.find((each) => each === kind)
    if (!merchant || !profile || !known) return refuse({ kind: 'unknown_kind' })
    if ((await countLiveKeys(client, merchantId)) >= mostKeys) return refuse({ kind: 'too_many' })
    const wish = {
      merchant,
      profile,
      kind: known,
      mode,
      id: idOf(request),
      name,
      ...(replaces !== undefined && { replaces }),
      ...(claim && { claim }),
    }
    const made = await createKey(client, () => sealer, wish)
    const isTheirs = profile.currencies?.some((each) => each === merchant.currency) ?? true
    const currencies = isTheirs ? [] : (profile.currencies ?? [])
    return made.ok ? made : refuse({ kind: 'useless', sentence: `No key was made: ${made.reason}.`, currencies })
  }

  /** Whether the press has made its key. From here on no other key of the merchant is made until the transaction ends. */
  async function wasMade(client: Client, request: Pick<NewKey, 'merchantId' | 'press'>): Promise<boolean> {
    const id = idOf(request)
    await lockMerchant(client, request.merchantId)
    return (await listApiKeys(client, request.merchantId)).some((each) => each.id === id)
  }

  async function create(client: Client, request: NewKey): Promise<Made> {
    if (await wasMade(client, request)) return refuse({ kind: 'made_already' })
    const made = await make(client, request)
    if (!made.ok) return made
    const { merchantId, protocol, kind, name, by } = request
    const after = { protocol, kind, name, last4: made.value.last4 }
    await recordIn(
      client,
      { merchantId, ...by, action: 'create_key', subject: made.value.id, before: null, after },
      clock,
    )
    return made
  }

  async function rotate(client: Client, request: KeyRotation): Promise<Made> {
    const { merchantId, id, overlapSeconds, press, by } = request
    if (await wasMade(client, request)) return refuse({ kind: 'made_already' })
    const old = await letKeyExpire(client, merchantId, id, overlapSeconds)
    if (!old) return refuse({ kind: 'unknown' })
    const { protocol, kind, name } = old
    const made = await make(client, { merchantId, protocol, kind, name, press, by }, id)
    if (!made.ok) return made
    const after = { next: made.value.id, last4: made.value.last4, overlapSeconds }
    const entry = { action: 'rotate_key', subject: id, before: { last4: old.last4 }, after }
    await recordIn(client, { merchantId, ...by, ...entry }, clock)
    return made
  }

  async function revoke(client: Client, merchantId: MerchantId, id: string, by: By): Promise<boolean> {
    const revoked = await revokeKeyOf(client, merchantId, id)
    if (!revoked) return false
    const { protocol, kind, name, last4 } = revoked
    const entry = { action: 'revoke_key', subject: id, before: { protocol, kind, name, last4 }, after: null }
    await recordIn(client, { merchantId, ...by, ...entry }, clock)
    return true
  }

  return {
    list: (merchantId) => outageAsUnavailable(listApiKeys(pool, merchantId)),
    choices: async (merchantId) => {
      const merchant = await outageAsUnavailable(findMerchant(pool, merchantId))
      return [...profiles.values()]
        .filter(({ currencies }) => !currencies || currencies.some((each) => each === merchant?.currency))
        .map(({ name, keys }) => ({ protocol: name, kinds: keys.kinds }))
    },
    create: (request) => outageAsUnavailable(keepIfOk(pool, (client) => create(client, request))),
    rotate: (request) => outageAsUnavailable(keepIfOk(pool, (client) => rotate(client, request))),
    revoke: (merchantId, id, by) =>
      outageAsUnavailable(inTransaction(pool, (client) => revoke(client, merchantId, id, by))),
  }
}

/** Made of the press, so that the same press asks for the same key. */
function idOf({ merchantId, press }: Pick<NewKey, 'merchantId' | 'press'>): string {
  const digest = createHash('sha256').update(`${merchantId}/${press}`).digest('hex')
  return `key_${digest.slice(0, 16)}`
}
