import type { ClientBase } from 'pg'
import type { Deletion, KeptBecause } from '../../domain/catalogue/file/deletion.ts'
import type { CatalogueKind, EntityId } from '../../domain/catalogue/model/kinds.ts'
import type { OrganizationKey } from './catalogue-read.ts'
import { tableOfKind } from './catalogue-tables.ts'

/**
 * Removes one entity inside the caller's transaction, which has the merchant's lock, unless something is in the way. Orders keep
 * what they were priced with; what they only name (a channel, an instance) stays while there are any.
 */
export async function deleteEntity(
  client: ClientBase,
  key: OrganizationKey,
  kind: CatalogueKind,
  id: EntityId,
): Promise<Deletion> {
  const { table, key: column } = tableOfKind(kind)
  const values = [key.merchantId, key.organization, id]
  const type = column === 'uuid' ? 'uuid' : 'text'
  const ofEntity = `merchant_id = $1 and organization_uuid = $2 and ${column} = $3::${type}`
  const obstacle = obstacles[kind]
  if (kind === 'products') await lockStartsOf(client, key, id)
  const found = await client.query<{ obstacle: KeptBecause | null }>(
    `select ${obstacle ?? 'null::jsonb'} as obstacle from ${table} t where ${ofEntity} for update`,
    values,
  )
  const [row] = found.rows
  if (!row) return { kind: 'unknown' }
  if (row.obstacle) return { kind: 'kept', ...row.obstacle }
  if (kind === 'products') await deletePartsOf(client, key, id)
  await client.query(`delete from ${table} where ${ofEntity}`, values)
  return { kind: 'deleted' }
}

const hasOrders = (column: string) => `case when exists (select 1 from catalogue_order s
  where s.merchant_id = $1 and s.organization_uuid = $2 and s.${column} = t.uuid)
  then '{"reason":"has_orders"}'::jsonb end`
const counted = (reason: KeptBecause['reason'], count: string) =>
  `(select jsonb_build_object('reason', '${reason}', 'count', n) from (${count}) as counts (n) where n > 0)`

/** As SQL over the locked row `t`: the first entity that is in the way, or null. */
const obstacles: { readonly [Kind in CatalogueKind]?: string } = {
  channels: hasOrders('channel_uuid'),
  instances: `case when t.is_enabled then '{"reason":"enabled"}'::jsonb else ${hasOrders('instance_uuid')} end`,
  locations: counted(
    'has_units',
    'select count(*) from catalogue_unit u where u.merchant_id = $1 and u.location_uuid = t.uuid',
  ),
  coupons: counted('used', 'select t.used'),
  products: `coalesce(${counted(
    'seats_sold',
    'select sum(e.taken) from event_capacity e where e.merchant_id = $1 and e.product_uuid = t.uuid',
  )}, ${counted(
    'in_rules',
    `select count(*) from catalogue_discount_rule r where r.merchant_id = $1 and r.organization_uuid = $2
      and r.conditions -> 'products' ? t.uuid::text`,
  )})`,
}

/** In the order of every writer of these rows; a sale that waits for one of them finds it gone, and so not on sale. */
async function lockStartsOf(client: ClientBase, { merchantId }: OrganizationKey, product: EntityId): Promise<void> {
  await client.query(
    `select 1 from event_capacity where merchant_id = $1 and product_uuid = $2
      order by merchant_id, product_uuid, starts_at for update`,
    [merchantId, product],
  )
}

async function deletePartsOf(client: ClientBase, { merchantId }: OrganizationKey, product: EntityId): Promise<void> {
  for (const table of ['event_capacity', 'catalogue_variation'])
    await client.query(`delete from ${table} where merchant_id = $1 and product_uuid = $2`, [merchantId, product])
}
