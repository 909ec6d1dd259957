import type pg from 'pg'
import { type ApiKeyRow, revokeApiKey } from '../../db/merchant/api-keys.ts'
import { inTransaction, keepIfOk } from '../../db/wire/transaction.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Result } from '../../kernel/result.ts'
import { type By, recordIn } from '../audit/audit-log.ts'
import type { Sealer } from '../shared/seal.ts'
import { type CreatedKey, createKey, type KeyRequest } from './create-key.ts'

type Doing = { readonly by: By; readonly clock: Clock }

/** Makes a key as the operator, who has no limit of keys; it stands in the merchant's audit log in the same transaction, without the key. */
export async function createKeyAs(
  pool: pg.Pool,
  sealer: () => Sealer,
  request: KeyRequest,
  { by, clock }: Doing,
): Promise<Result<CreatedKey, string>> {
  return await keepIfOk(pool, async (client) => {
    const made = await createKey(client, sealer, request)
    if (!made.ok) return made
    const { merchant, profile, kind, name = '' } = request
    const after = { protocol: profile.name, kind, name, last4: made.value.last4 }
    const entry = { action: 'create_key', subject: made.value.id, before: null, after }
    await recordIn(client, { merchantId: merchant.id, ...by, ...entry }, clock)
    return made
  })
}

/** Ends a key of any merchant, and says so in that one's audit log; undefined when there is no live key of this id. */
export async function revokeKeyAs(pool: pg.Pool, id: string, { by, clock }: Doing): Promise<ApiKeyRow | undefined> {
  return await inTransaction(pool, async (client) => {
    const revoked = await revokeApiKey(client, id)
    if (!revoked) return undefined
    const { merchantId, protocol, kind, name, last4 } = revoked
    const entry = { action: 'revoke_key', subject: id, before: { protocol, kind, name, last4 }, after: null }
    await recordIn(client, { merchantId, ...by, ...entry }, clock)
    return revoked
  })
}
