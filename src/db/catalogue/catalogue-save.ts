import type { ClientBase } from 'pg'
import type { FileProblem } from '../../domain/catalogue/file/file-problem.ts'
import type { Catalogue } from '../../domain/catalogue/model/catalogue.ts'
import { catalogueKinds } from '../../domain/catalogue/model/kinds.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { saveInstanceAccounts } from './catalogue-credentials.ts'
import { rowsOfCatalogue } from './catalogue-rows.ts'
import { lockSessions, saveSessions } from './catalogue-sessions.ts'
import { type CatalogueTable, catalogueTables, foreignRows, overfullKinds, upsertRows } from './catalogue-tables.ts'

/** How many rows of one table an import added, changed, and found as they were. */
export type ImportCount = { readonly added: number; readonly changed: number; readonly unchanged: number }
export type ImportCounts = Readonly<Record<string, ImportCount>>

/**
 * Writes the catalogue inside the caller's transaction: entities are added or changed by uuid (rules by machine name), what
 * the file does not name stays. A named product's variations and sessions become exactly the file's; a session that is gone
 * and has sales is closed instead. Imports of one merchant wait for each other. On a problem the caller rolls back.
 */
export async function saveCatalogue(
  client: ClientBase,
  merchantId: MerchantId,
  catalogue: Catalogue,
  sealedCredentials: ReadonlyMap<Uuid, Uint8Array>,
): Promise<Result<ImportCounts, readonly FileProblem[]>> {
  const organization = await saveOrganization(client, merchantId, catalogue)
  if (!organization.ok) return organization
  const { uuid } = catalogue.organization
  const rows = rowsOfCatalogue(catalogue)
  const problems: FileProblem[] = []
  // Starts before coupons, as sales lock them: the other way round, an import and a sale could wait for each other.
  await lockSessions(
    client,
    merchantId,
    catalogue.products.map((product) => product.uuid),
  )
  for (const table of catalogueTables)
    problems.push(...(await foreignRows(client, merchantId, uuid, table, rows[table.name])))
  problems.push(...(await couponsBelowUse(client, merchantId, catalogue)))
  if (problems.length > 0) return refuse(problems)
  await dropVariations(client, merchantId, catalogue)
  const counts: Record<string, ImportCount> = { organization: organization.value }
  for (const table of catalogueTables)
    counts[table.name] = await save(client, merchantId, uuid, table, rows[table.name])
  const grown = catalogueKinds.filter((kind) => (counts[kind]?.added ?? 0) > 0)
  const overfull = await overfullKinds(client, merchantId, uuid, grown)
  if (overfull.length > 0) return refuse(overfull)
  await saveInstanceAccounts(client, merchantId, catalogue.instances, sealedCredentials)
  const starts = await saveSessions(client, merchantId, catalogue)
  return starts.ok ? ok({ ...counts, starts: starts.value }) : starts
}

async function save(
  client: ClientBase,
  merchantId: MerchantId,
  organization: Uuid,
  table: CatalogueTable,
  rows: readonly object[],
): Promise<ImportCount> {
  const { added, changed } = await upsertRows(client, merchantId, organization, table, rows)
  return { added, changed, unchanged: rows.length - added - changed }
}

/**
 * Locks the merchant's catalogues against other changes until the transaction ends. It does not stand in the way of rows that
 * refer to the merchant. False when there is no such merchant.
 */
export async function lockMerchant(client: ClientBase, merchantId: MerchantId): Promise<boolean> {
  const merchant = await client.query('select 1 from merchant where id = $1 for no key update', [merchantId])
  return merchant.rowCount === 1
}

async function saveOrganization(
  client: ClientBase,
  merchantId: MerchantId,
  { organization }: Catalogue,
): Promise<Result<ImportCount, readonly FileProblem[]>> {
  const { uuid, title, currency, timeZone, isEnabled } = organization
  if (!(await lockMerchant(client, merchantId))) return problem('organization', 'there is no such merchant')
  const { rows } = await client.query<{ merchant_id: number; currency: string }>(
    'select merchant_id, currency from organization where organization_uuid = $1',
    [uuid],
  )
  const stored = rows[0]
  if (stored && stored.merchant_id !== merchantId) return problem('organization.uuid', 'belongs to another merchant')
  if (stored && stored.currency !== currency)
    return problem('organization.currency', `is ${stored.currency} and cannot change: every price is in it`)
  const written = await client.query(
    `insert into organization as t
        (merchant_id, organization_uuid, title, currency, time_zone, is_enabled)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (merchant_id, organization_uuid) do update
        set title = excluded.title, time_zone = excluded.time_zone, is_enabled = excluded.is_enabled
        where (t.title, t.time_zone, t.is_enabled)
          is distinct from (excluded.title, excluded.time_zone, excluded.is_enabled)`,
    [merchantId, uuid, title, currency, timeZone, isEnabled],
  )
  const wrote = written.rowCount ?? 0
  return ok({ added: stored ? 0 : wrote, changed: stored ? wrote : 0, unchanged: 1 - wrote })
}

/** Locked, so that no order takes a use between this look and the new limit. */
async function couponsBelowUse(
  client: ClientBase,
  merchantId: MerchantId,
  { coupons }: Catalogue,
): Promise<FileProblem[]> {
  const { rows } = await client.query<{ uuid: Uuid; used: number }>(
    `select uuid, used from catalogue_coupon where merchant_id = $1 and uuid = any($2::uuid[])
      order by merchant_id, uuid for update`,
    [merchantId, coupons.map((coupon) => coupon.uuid)],
  )
  const used = new Map(rows.map((row) => [row.uuid, row.used]))
  return coupons.flatMap((coupon, index) => {
    const uses = used.get(coupon.uuid) ?? 0
    if (coupon.usageLimit === null || uses <= coupon.usageLimit) return []
    return [{ path: `coupons[${index}].usageLimit`, message: `is below the ${uses} uses there were` }]
  })
}

/** A variation that its product no longer lists is gone: orders keep what they were priced with. */
async function dropVariations(client: ClientBase, merchantId: MerchantId, { products }: Catalogue): Promise<void> {
  await client.query(
    `delete from catalogue_variation
      where merchant_id = $1 and product_uuid = any($2::uuid[]) and uuid <> all($3::uuid[])`,
    [
      merchantId,
      products.map((product) => product.uuid),
      products.flatMap((product) => product.variations.map((variation) => variation.uuid)),
    ],
  )
}

function problem(path: string, message: string): Result<never, readonly FileProblem[]> {
  return refuse([{ path, message }])
}
