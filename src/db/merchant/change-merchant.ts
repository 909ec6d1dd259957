import type pg from 'pg'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'

type Queryable = Pick<pg.Pool, 'query'>

/** Locks the merchant's row until the transaction ends; false when there is no such merchant. */
export async function lockMerchant(db: Queryable, id: MerchantId): Promise<boolean> {
  const { rowCount } = await db.query('select from merchant where id = $1 for update', [id])
  return rowCount === 1
}

/** Writes everything that may change of a merchant, its products exactly as given. Currency and prefix never change. */
export async function updateMerchant(db: Queryable, terms: MerchantTerms): Promise<void> {
  await db.query(
    `with changed as (
       update merchant set name = $2, fee_ppm = $3, fee_tax_ppm = $4, maximum_order_expiry_ms = $5,
         expiry_warning_lead_ms = $6, time_zone = $7
        where id = $1
     ), removed as (
       delete from merchant_product where merchant_id = $1 and product <> all($8::text[])
     )
     insert into merchant_product (merchant_id, product, minimum, maximum)
     select $1, p.* from unnest($8::text[], $9::bigint[], $10::bigint[]) as p
     on conflict (merchant_id, product) do update set minimum = excluded.minimum, maximum = excluded.maximum`,
    [
      terms.id,
      terms.name,
      terms.feePpm,
      terms.feeTaxPpm,
      terms.maximumOrderExpiryMs,
      terms.expiryWarningLeadMs,
      terms.timeZone,
      terms.products.map(({ product }) => product),
      terms.products.map(({ minimum }) => minimum),
      terms.products.map(({ maximum }) => maximum),
    ],
  )
}

/** Closes or opens a merchant. One that is closed already keeps the instant of the first time. */
export async function setMerchantDisabled(db: Queryable, id: MerchantId, isDisabled: boolean): Promise<void> {
  const [at, where] = isDisabled ? ['now()', 'disabled_at is null'] : ['null', 'disabled_at is not null']
  await db.query(`update merchant set disabled_at = ${at} where id = $1 and ${where}`, [id])
}

/** Every merchant that is closed, and since when. */
export async function listDisabledMerchants(db: Queryable): Promise<ReadonlyMap<MerchantId, Instant>> {
  const { rows } = await db.query<{ id: MerchantId; at: Instant }>(
    'select id, disabled_at as at from merchant where disabled_at is not null',
  )
  return new Map(rows.map(({ id, at }) => [id, at]))
}
