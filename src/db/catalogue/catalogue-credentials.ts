import type { Pool } from 'pg'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { MerchantId } from '../../kernel/ids.ts'

/** The acquirer and the encrypted credentials of a payment method instance, enabled or not: what it began, it must end. */
export async function findInstanceCredentials(
  db: Pick<Pool, 'query'>,
  merchantId: MerchantId,
  instance: string,
): Promise<{ acquirer: string; sealed: Buffer | null } | undefined> {
  const { rows } = await db.query<{ acquirer: string; sealed: Buffer | null }>({
    name: 'find_instance_credentials',
    text: `select acquirer, sealed_credentials as sealed from salescloud_instance where merchant_id = $1 and uuid = $2`,
    values: [merchantId, instance],
  })
  return rows[0]
}

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
    `select uuid, acquirer, currency, sealed_credentials is not null as "hasCredentials" from salescloud_instance
      where merchant_id = $1 and uuid = any($2::uuid[])`,
    [merchantId, uuids],
  )
  return new Map(rows.map(({ uuid, ...instance }) => [uuid, instance]))
}

/** Gives one payment method instance other credentials. Nothing happens where there is no such instance. */
export async function saveInstanceCredentials(
  db: Pick<Pool, 'query'>,
  merchantId: MerchantId,
  instance: string,
  sealed: Uint8Array,
): Promise<void> {
  await db.query('update salescloud_instance set sealed_credentials = $3 where merchant_id = $1 and uuid = $2', [
    merchantId,
    instance,
    Buffer.from(sealed),
  ])
}
