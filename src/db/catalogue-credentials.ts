import type { Pool } from 'pg'
import type { MerchantId } from '../kernel/ids.ts'

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
