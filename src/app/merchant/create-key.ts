import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { insertApiKey } from '../../db/merchant/api-keys.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import type { App, KeyKind } from '../app.ts'
import { type ClaimNames, claimNothing } from '../cell/cell-directory.ts'
import type { ProtocolProfile } from '../protocol-profile.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'
import { hashKey } from './hash-key.ts'

export type KeyRequest = {
  readonly merchant: Pick<MerchantTerms, 'id' | 'currency'>
  readonly profile: Pick<ProtocolProfile, 'name' | 'keys' | 'currencies'>
  /** one of the profile's */
  readonly kind: KeyKind
  readonly mode: App['mode']
  /** what lets the key lead to this cell; default nothing */
  readonly claim?: ClaimNames
  /** names the key from now on; made when it is absent. Whoever asks twice with the same one gets no second key. */
  readonly id?: string
  /** what people call it */
  readonly name?: string
  /** the id of the key whose place it takes */
  readonly replaces?: string
}

/** `key` is the key itself, shown this once; `id` names it from now on. */
export type CreatedKey = { readonly id: string; readonly key: string; readonly last4: string }

/**
 * Makes a key of 192 random bits, or a random UUID where a client takes nothing else, or answers the sentence that says why the merchant
 * could do nothing with it. Its SHA-256 is kept, and for the keys that sign webhooks a sealed copy. `sealer` is asked only for
 * those. Throws `Unavailable` when the database is away.
 */
export async function createKey(
  sender: Pick<pg.Client, 'query'>,
  sealer: () => Sealer,
  { merchant, profile, kind, mode, claim = claimNothing, ...given }: KeyRequest,
): Promise<Result<CreatedKey, string>> {
  const { name: protocol, keys, currencies } = profile
  if (currencies && !currencies.some((each) => each === merchant.currency))
    return refuse(
      `amounts of ${protocol} are in ${currencies.join(' or ')}, and this merchant sells in ${merchant.currency}`,
    )
  const isUuid = keys.uuids?.includes(kind) ?? false
  const key = isUuid
    ? randomUUID()
    : `${keys.prefix}_${mode === 'live' ? 'live' : 'test'}_${randomBytes(24).toString('hex')}`
  const id = given.id ?? `key_${randomBytes(8).toString('hex')}`
  const last4 = key.slice(-4)
  const sealed = kind === keys.signing ? sealer().seal(key) : null
  const hash = hashKey(key)
  await claim([{ kind: 'key', name: hash.toString('hex') }])
  const row = { ...given, id, hash, merchantId: merchant.id, kind, protocol, last4, sealed }
  if (!(await outageAsUnavailable(insertApiKey(sender, row)))) return refuse('this key was made already')
  return ok({ id, key, last4 })
}
