import type { Pool } from 'pg'
import type { CatalogueFile } from '../../domain/catalogue/file/file-schema.ts'
import { type CatalogueKind, catalogueKinds, type EntityId } from '../../domain/catalogue/model/kinds.ts'
import type { References } from '../../domain/catalogue/model/references.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { organizationWords, wordsOfKind } from './catalogue-file-words.ts'
import { tableOfKind } from './catalogue-tables.ts'

type Queryable = Pick<Pool, 'query'>

export type OrganizationKey = { readonly merchantId: MerchantId; readonly organization: Uuid }

/** JSON texts: the entity as in a catalogue file, and what is known of it beside, null when there is no such entity to tell. */
export type StoredEntity = { readonly id: EntityId; readonly file: string; readonly readOnly: string | null }

/** The whole catalogue as the text of a file, in one statement and so of one moment. Lists are in the order of their ids. */
export async function readCatalogueText(
  db: Queryable,
  { merchantId, organization }: OrganizationKey,
): Promise<string | undefined> {
  const lists = catalogueKinds.map((kind) => {
    const { table, key } = tableOfKind(kind)
    const { file } = wordsOfKind[kind]
    return `'${kind}', (select coalesce(json_agg(json_build_object(${file}) order by t.${key}), '[]') from ${table} t
      where t.merchant_id = o.merchant_id and t.organization_uuid = o.organization_uuid)`
  })
  const { rows } = await db.query<{ file: string }>(
    `select json_strip_nulls(json_build_object('organization', json_build_object(${organizationWords}),
        ${lists.join(',\n')})) as file
      from organization o where o.merchant_id = $1 and o.organization_uuid = $2`,
    [merchantId, organization],
  )
  return rows[0]?.file
}

/** How many entities, variations and sessions the catalogue has: its text is about as long. */
export async function countCatalogue(db: Queryable, { merchantId, organization }: OrganizationKey): Promise<number> {
  const entities = catalogueKinds.map((kind) => `select count(*) as n from ${tableOfKind(kind).table} t where ${owned}`)
  const parts = ['catalogue_variation', 'event_capacity'].map(
    (table) => `select count(*) from ${table} x join catalogue_product t
      on t.merchant_id = x.merchant_id and t.uuid = x.product_uuid where ${owned}`,
  )
  const { rows } = await db.query<{ total: number }>(
    `select sum(n)::float8 as total from (${[...entities, ...parts].join(' union all ')}) as counts`,
    [merchantId, organization],
  )
  return rows[0]?.total ?? 0
}

/** The organizations of a merchant by name. */
export async function listOrganizations(
  db: Queryable,
  merchantId: MerchantId,
): Promise<{ readonly uuid: Uuid; readonly title: string; readonly currency: string }[]> {
  const { rows } = await db.query<{ uuid: Uuid; title: string; currency: string }>(
    `select organization_uuid as uuid, title, currency from organization where merchant_id = $1 order by title, uuid limit 200`,
    [merchantId],
  )
  return rows
}

/** The organization alone, as in a catalogue file. */
export async function findOrganizationFile(
  db: Queryable,
  { merchantId, organization }: OrganizationKey,
): Promise<CatalogueFile['organization'] | undefined> {
  const { rows } = await db.query<{ file: CatalogueFile['organization'] }>(
    `select jsonb_build_object(${organizationWords}) as file from organization o
      where o.merchant_id = $1 and o.organization_uuid = $2`,
    [merchantId, organization],
  )
  return rows[0]?.file
}

/** At most `limit` in the order of their ids, from after `after` on. */
export async function listStoredEntities(
  db: Queryable,
  key: OrganizationKey,
  kind: CatalogueKind,
  { limit, after }: { readonly limit: number; readonly after?: EntityId },
): Promise<StoredEntity[]> {
  const { key: id, table } = tableOfKind(kind)
  const { rows } = await db.query<StoredEntity>(
    `select ${columnsOf(kind)} from ${table} t where ${owned} and ($3::text is null or t.${id} > $3::${typeOf(kind)})
      order by t.${id} limit $4`,
    [key.merchantId, key.organization, after ?? null, limit],
  )
  return rows
}

/** Undefined when the organization has no such entity: another one's is as unknown as none. */
export async function findStoredEntity(
  db: Queryable,
  key: OrganizationKey,
  kind: CatalogueKind,
  id: EntityId,
): Promise<StoredEntity | undefined> {
  const { key: column, table } = tableOfKind(kind)
  const { rows } = await db.query<StoredEntity>(
    `select ${columnsOf(kind)} from ${table} t where ${owned} and t.${column} = $3::${typeOf(kind)}`,
    [key.merchantId, key.organization, id],
  )
  return rows[0]
}

/** Those of the references that the organization has. */
export async function findStoredReferences(
  db: Queryable,
  { merchantId, organization }: OrganizationKey,
  { locations, products }: References,
): Promise<References> {
  const { rows } = await db.query<References>(
    `select array(select t.uuid::text from catalogue_location t where ${owned} and t.uuid = any($3::uuid[])) as locations,
      array(select t.uuid::text from catalogue_product t where ${owned} and t.uuid = any($4::uuid[])) as products`,
    [merchantId, organization, locations, products],
  )
  return rows[0] ?? { locations: [], products: [] }
}

const owned = 't.merchant_id = $1 and t.organization_uuid = $2'

function columnsOf(kind: CatalogueKind): string {
  const { file, readOnly = 'null::json' } = wordsOfKind[kind]
  return `t.${tableOfKind(kind).key}::text as id, json_strip_nulls(json_build_object(${file})) as file,
    json_strip_nulls(${readOnly}) as "readOnly"`
}

function typeOf(kind: CatalogueKind): 'uuid' | 'text' {
  return tableOfKind(kind).key === 'uuid' ? 'uuid' : 'text'
}
