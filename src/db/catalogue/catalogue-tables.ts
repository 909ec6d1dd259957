import type { ClientBase } from 'pg'
import type { FileProblem } from '../../domain/catalogue/file/file-problem.ts'
import { type CatalogueKind, mostOfKind } from '../../domain/catalogue/model/kinds.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import { assert } from '../../kernel/assert.ts'
import type { MerchantId } from '../../kernel/ids.ts'

/**
 * The tables an import fills, parents first: what a row is known by and what it says, with types. The statements of all of them are
 * the same three, made from this list, and take all rows of a table as one JSON array.
 */
export const catalogueTables = [
  table('channels', 'catalogue_channel', 'uuid', 'title text, is_pos boolean, is_enabled boolean'),
  table(
    'instances',
    'catalogue_instance',
    'uuid',
    `title text, namespace text, currency text, acquirer text, ip_allow_list text[], requests_per_minute integer,
      requests_per_minute_per_address integer, declines_per_hour_per_address integer, is_enabled boolean`,
  ),
  table('locations', 'catalogue_location', 'uuid', 'title text, is_enabled boolean'),
  table('units', 'catalogue_unit', 'uuid', 'title text, location_uuid uuid, is_enabled boolean'),
  table('deliveryServices', 'catalogue_delivery_service', 'uuid', 'title text, price bigint, is_enabled boolean'),
  table(
    'coupons',
    'catalogue_coupon',
    'uuid',
    `title text, percent_hundredths integer, amount bigint, valid_from timestamptz, valid_until timestamptz,
      minimum bigint, usage_limit integer, is_enabled boolean`,
  ),
  table(
    'discountRules',
    'catalogue_discount_rule',
    'machine_name',
    `admin_title text, name text, sort_order integer, kind text, percent_hundredths integer, amount bigint,
      is_compatible boolean, conditions jsonb, is_enabled boolean`,
  ),
  table(
    'products',
    'catalogue_product',
    'uuid',
    `title text, price bigint, product_type text, department text, categories text[], attributes text[],
      is_event boolean, variation_types jsonb, is_enabled boolean`,
  ),
  table(
    'variations',
    'catalogue_variation',
    'uuid',
    'product_uuid uuid, position integer, type text, title text, price_change bigint',
  ),
] as const

export type CatalogueTable = {
  readonly name: string
  readonly table: string
  readonly key: 'uuid' | 'machine_name'
  /** the column that says whose the row is: another owner's row is never changed */
  readonly owner: 'organization_uuid' | 'product_uuid'
  readonly columns: readonly string[]
  /** column definitions of the JSON rows, key first */
  readonly types: string
}

export type TableName = (typeof catalogueTables)[number]['name']

/** The table of one kind of entity, which has the organization in each row. */
export function tableOfKind(kind: CatalogueKind): Pick<CatalogueTable, 'table' | 'key'> {
  const found = catalogueTables.find(({ name }) => name === kind)
  assert(found !== undefined, 'every kind has a table')
  return found
}

function table<Name extends string>(name: Name, sqlName: string, key: CatalogueTable['key'], columns: string) {
  const names = columns.split(',').map((column) => column.trim().split(' ')[0] ?? '')
  const isVariation = names.includes('product_uuid')
  return {
    name,
    table: sqlName,
    key,
    owner: isVariation ? 'product_uuid' : 'organization_uuid',
    columns: names,
    types: `${key} ${key === 'uuid' ? 'uuid' : 'text'}, path text, ${columns}`,
  } as const
}

/** Rows of the file whose uuid already stands for something of another organization, or another product. */
export async function foreignRows(
  client: ClientBase,
  merchantId: MerchantId,
  organization: Uuid,
  { table, key, owner, types }: CatalogueTable,
  rows: readonly object[],
): Promise<FileProblem[]> {
  const owned = owner === 'product_uuid' ? 'x.product_uuid' : '$2::uuid'
  const known = key === 'uuid' ? `t.${owner} <> ${owned}` : 'false'
  const result = await client.query<{ path: string }>(
    `select x.path from jsonb_to_recordset($3::jsonb) as x (${types})
      join ${table} t on t.merchant_id = $1 and t.${key} = x.${key} and ${known} and $2::uuid is not null`,
    [merchantId, organization, JSON.stringify(rows)],
  )
  const message = owner === 'product_uuid' ? 'belongs to another product' : 'belongs to another organization'
  return result.rows.map(({ path }) => ({ path, message }))
}

/** Adds and changes; a row that says what is stored is not written again. In key order, as every writer of these rows. */
export async function upsertRows(
  client: ClientBase,
  merchantId: MerchantId,
  organization: Uuid,
  { table, key, owner, columns, types }: CatalogueTable,
  rows: readonly object[],
): Promise<{ added: number; changed: number }> {
  if (rows.length === 0) return { added: 0, changed: 0 }
  const isOwned = owner === 'organization_uuid'
  const conflict = key === 'uuid' ? 'merchant_id, uuid' : 'merchant_id, organization_uuid, machine_name'
  const listed = (prefix: string) => columns.map((column) => `${prefix}${column}`).join(', ')
  const result = await client.query<{ added: boolean }>(
    `insert into ${table} as t (merchant_id, ${isOwned ? 'organization_uuid, ' : ''}${key}, ${listed('')})
      select $1, ${isOwned ? '$2::uuid, ' : ''}x.${key}, ${listed('x.')}
      from jsonb_to_recordset($3::jsonb) as x (${types})
      where $2::uuid is not null
      order by x.${key}
      on conflict (${conflict}) do update
        set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
        where t.${owner} = excluded.${owner} and (${listed('t.')}) is distinct from (${listed('excluded.')})
      returning (xmax = 0) as added`,
    [merchantId, organization, JSON.stringify(rows)],
  )
  const added = result.rows.filter((row) => row.added).length
  return { added, changed: result.rows.length - added }
}

/** The kinds of which the organization has more than one file may hold: what was imported in parts must come back in one. */
export async function overfullKinds(
  client: ClientBase,
  merchantId: MerchantId,
  organization: Uuid,
  kinds: readonly CatalogueKind[],
): Promise<FileProblem[]> {
  const problems: FileProblem[] = []
  for (const kind of kinds) {
    const { rowCount } = await client.query(
      `select 1 from ${tableOfKind(kind).table} where merchant_id = $1 and organization_uuid = $2 offset $3 limit 1`,
      [merchantId, organization, mostOfKind[kind]],
    )
    const message = `would be more than ${mostOfKind[kind]} with those that the organization has`
    if (rowCount !== 0) problems.push({ path: kind, message })
  }
  return problems
}
