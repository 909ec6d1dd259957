import type { ClientBase, Pool } from 'pg'
import type { InstanceInFile } from '../../domain/catalogue/model/catalogue.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { saveCredentials } from '../acquirer/acquirer-accounts.ts'

export type StoredInstance = {
  readonly acquirer: string
  readonly currency: string
  readonly hasCredentials: boolean
}

/** How those of the payment method instances stand that the merchant has. */
export async function findStoredInstances(
  db: Pick<Pool, 'query'>,
  merchantId: MerchantId,
  uuids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, StoredInstance>> {
  const { rows } = await db.query<StoredInstance & { uuid: Uuid }>(
    `select i.uuid, i.acquirer, i.currency, a.sealed_credentials is not null as "hasCredentials"
      from catalogue_instance i
      left join acquirer_account a on a.owner = i.merchant_id and a.account_id = i.account_id
      where i.merchant_id = $1 and i.uuid = any($2::uuid[])`,
    [merchantId, uuids],
  )
  return new Map(rows.map(({ uuid, ...instance }) => [uuid, instance]))
}

/**
 * The acquirer account of each instance, under the instance's own uuid, and what of its secrets the file gives: a file without
 * secrets keeps those that are stored.
 */
export async function saveInstanceAccounts(
  client: ClientBase,
  merchantId: MerchantId,
  instances: readonly InstanceInFile[],
  sealedCredentials: ReadonlyMap<Uuid, Uint8Array>,
): Promise<void> {
  const uuids = instances.map(({ uuid }) => uuid)
  await client.query(
    `insert into acquirer_account as a (owner, account_id, connector, currency)
      select $1::int, i.* from unnest($2::uuid[], $3::text[], $4::text[]) as i (uuid, acquirer, currency) order by i.uuid
      on conflict (owner, account_id) do update set connector = excluded.connector, currency = excluded.currency
        where (a.connector, a.currency) is distinct from (excluded.connector, excluded.currency)`,
    [merchantId, uuids, instances.map(({ acquirer }) => acquirer), instances.map(({ currency }) => currency)],
  )
  await client.query(
    `update catalogue_instance set account_id = uuid
      where merchant_id = $1 and uuid = any($2::uuid[]) and account_id is null`,
    [merchantId, uuids],
  )
  for (const { uuid, bearerKeySha256 } of instances) {
    const sealed = sealedCredentials.get(uuid)
    if (sealed) await saveCredentials(client, merchantId, uuid, sealed)
    if (bearerKeySha256 !== undefined)
      await client.query('update catalogue_instance set bearer_key_hash = $3 where merchant_id = $1 and uuid = $2', [
        merchantId,
        uuid,
        bearerKeySha256 === null ? null : Buffer.from(bearerKeySha256, 'hex'),
      ])
  }
}
