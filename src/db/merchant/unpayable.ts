import type { Pool } from 'pg'
import type { Protocol } from '../../domain/payment/payment.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { isLive } from './api-keys.ts'

/** How many are named at most. */
type Query = { readonly limit: number }

/** Names of open merchants with a key of one of these APIs and no wallet on any chain that is switched on: nobody can pay what they ask for. */
export async function merchantsWithoutWallet(
  pool: Pick<Pool, 'query'>,
  { protocols, limit }: Query & { readonly protocols: readonly Protocol[] },
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select m.name from merchant m
      where m.disabled_at is null and ${isServedHere('m.id')}
        and exists (select from api_key k where k.merchant_id = m.id and k.protocol = any($1::text[]) and ${isLive})
        and not exists (select from wallet w join chain c on c.chain_id = w.chain_id
          where w.merchant_id = m.id and w.is_current and c.is_enabled)
      order by m.id limit $2`,
    [protocols, limit],
  )
  return rows.map(({ name }) => name)
}

/** Payment method instances that are switched on and whose acquirer account has no credentials: every payment by them is refused. */
export async function instancesWithoutCredentials(
  pool: Pick<Pool, 'query'>,
  { limit }: Query,
): Promise<readonly { readonly merchant: string; readonly title: string; readonly uuid: string }[]> {
  const { rows } = await pool.query<{ merchant: string; title: string; uuid: string }>(
    `select m.name as merchant, i.title, i.uuid from catalogue_instance i join merchant m on m.id = i.merchant_id
      where i.is_enabled and m.disabled_at is null and ${isServedHere('m.id')} and not exists (select from acquirer_account a
        where a.owner = i.merchant_id and a.account_id = i.account_id and a.is_enabled and a.sealed_credentials is not null)
      order by m.id, i.uuid limit $1`,
    [limit],
  )
  return rows
}
