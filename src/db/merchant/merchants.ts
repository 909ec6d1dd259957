import type pg from 'pg'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Protocol } from '../../domain/payment/payment.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { prefixLength } from '../../kernel/ids.ts'
import { isAbsentColumn, isServedHere, servedHere } from '../cell/absent-merchants.ts'

type TermsRow = {
  id: MerchantId
  name: string
  prefix: string
  currency: string
  fee_ppm: number
  fee_tax_ppm: number
  maximum_order_expiry_ms: bigint
  expiry_warning_lead_ms: bigint
  time_zone: string
  is_disabled: boolean
  is_absent: boolean
  products: { product: string; minimum: string; maximum: string }[]
}

/** Amounts leave as text: jsonb would hand them over as binary floats. */
const termsColumns = `m.id, m.name, m.prefix, m.currency, m.fee_ppm, m.fee_tax_ppm, m.maximum_order_expiry_ms,
  m.expiry_warning_lead_ms, m.time_zone, m.disabled_at is not null as is_disabled, ${isAbsentColumn},
  (select coalesce(jsonb_agg(jsonb_build_object('product', product, 'minimum', minimum::text, 'maximum', maximum::text)
      order by product), '[]')
    from merchant_product where merchant_id = m.id) as products`

/** Throws `MerchantMoves` for one that this cell does not serve. */
function termsFromRow(found: TermsRow): MerchantTerms {
  const row = servedHere(found)
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    currency: row.currency,
    feePpm: row.fee_ppm,
    feeTaxPpm: row.fee_tax_ppm,
    products: row.products.map(({ product, minimum, maximum }) => ({
      product,
      minimum: BigInt(minimum),
      maximum: BigInt(maximum),
    })),
    maximumOrderExpiryMs: Number(row.maximum_order_expiry_ms),
    expiryWarningLeadMs: Number(row.expiry_warning_lead_ms),
    timeZone: row.time_zone,
    ...(row.is_disabled && { isDisabled: true }),
  }
}

export type KeyOwner = {
  readonly merchant: MerchantTerms
  readonly kind: string
  readonly protocol: Protocol
  /** the key's id, which is not a secret */
  readonly keyId: string
}

/** Whose key has this SHA-256; undefined when there is none, it was revoked or has ended, or its merchant is disabled. The index is on the hash: nothing leaks by timing. */
export async function findKeyOwner(pool: pg.Pool, hash: Buffer): Promise<KeyOwner | undefined> {
  const result = await pool.query<TermsRow & { kind: string; protocol: Protocol; key_id: string }>({
    name: 'find_key_owner',
    text: `select ${termsColumns}, k.kind, k.protocol, k.id as key_id
      from api_key k join merchant m on m.id = k.merchant_id
      where k.hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
        and m.disabled_at is null`,
    values: [hash],
  })
  const [row] = result.rows
  return row && { merchant: termsFromRow(row), kind: row.kind, protocol: row.protocol, keyId: row.key_id }
}

/** The merchant whose routing prefix the payment id starts with. */
export async function findMerchantOfPayment(
  pool: Pick<pg.Pool, 'query'>,
  id: PaymentId,
): Promise<MerchantTerms | undefined> {
  const prefix = id.slice(0, prefixLength)
  return (await findMerchantsByPrefix(pool, [prefix])).get(prefix)?.()
}

/** Merchants by their routing prefixes. Each is called for its terms: that throws `MerchantMoves` for one that this cell does not serve. */
export async function findMerchantsByPrefix(
  pool: Pick<pg.Pool, 'query'>,
  prefixes: readonly string[],
): Promise<ReadonlyMap<string, () => MerchantTerms>> {
  const { rows } = await pool.query<TermsRow>({
    name: 'find_merchants_by_prefix',
    text: `select ${termsColumns} from merchant m where m.prefix = any ($1)`,
    values: [prefixes],
  })
  return new Map(rows.map((row) => [row.prefix, () => termsFromRow(row)]))
}

/** The merchant of that routing prefix, in capitals; undefined also for one that is disabled. */
export async function findMerchantByPrefix(pool: pg.Pool, prefix: string): Promise<MerchantTerms | undefined> {
  const result = await pool.query<TermsRow>({
    name: 'find_merchant_by_prefix',
    text: `select ${termsColumns} from merchant m where m.prefix = $1 and m.disabled_at is null`,
    values: [prefix],
  })
  return result.rows[0] && termsFromRow(result.rows[0])
}

/** Undefined also for a merchant that is disabled: its shop should offer nothing. */
export async function findMerchantByWidgetToken(pool: pg.Pool, token: string): Promise<MerchantTerms | undefined> {
  const result = await pool.query<TermsRow>({
    name: 'find_merchant_by_widget_token',
    text: `select ${termsColumns} from merchant m where m.widget_token = $1 and m.disabled_at is null`,
    values: [token],
  })
  return result.rows[0] && termsFromRow(result.rows[0])
}

/** What names the merchant in the markup of its shop; null for one without. */
export async function findWidgetToken(pool: Pick<pg.Pool, 'query'>, id: MerchantId): Promise<string | null> {
  const result = await pool.query<{ token: string | null }>(
    'select widget_token as token from merchant where id = $1',
    [id],
  )
  return result.rows[0]?.token ?? null
}

export async function findMerchant(pool: Pick<pg.Pool, 'query'>, id: MerchantId): Promise<MerchantTerms | undefined> {
  const result = await pool.query<TermsRow>({
    name: 'find_merchant',
    text: `select ${termsColumns} from merchant m where m.id = $1`,
    values: [id],
  })
  return result.rows[0] && termsFromRow(result.rows[0])
}

export async function listMerchants(pool: pg.Pool): Promise<MerchantTerms[]> {
  const result = await pool.query<TermsRow>(
    `select ${termsColumns} from merchant m where ${isServedHere('m.id')} order by m.id`,
  )
  return result.rows.map(termsFromRow)
}

export type NewMerchant = Omit<MerchantTerms, 'id'> & {
  readonly widgetToken: string | null
  readonly isFixture: boolean
}

/**
 * The next id of the cell's own range. Whoever draws one waits for the transaction that drew before. What was taken from the sequence by a server of an
 * earlier version is stepped over, and so are merchants that came from another cell.
 */
async function drawMerchantId(sender: Pick<pg.Client, 'query'>): Promise<MerchantId> {
  const { rows } = await sender.query<{ id: MerchantId }>(
    `update merchant_number n set last = greatest(n.last, taken.last) + 1
     from (select coalesce(max(m.id), 0) as last from merchant m, merchant_number r where m.id <= r.most) taken
     returning n.last as id`,
  )
  return (rows[0] as { id: MerchantId }).id
}

/** Adds a merchant with its products. Throws the database's unique violation when prefix or widget token are taken. */
export async function insertMerchant(sender: Pick<pg.Client, 'query'>, merchant: NewMerchant): Promise<MerchantId> {
  const id = await drawMerchantId(sender)
  await sender.query(
    `with added as (
      insert into merchant (id, name, prefix, currency, fee_ppm, fee_tax_ppm, maximum_order_expiry_ms, expiry_warning_lead_ms,
        time_zone, widget_token, is_fixture)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id
    )
    insert into merchant_product (merchant_id, product, minimum, maximum)
      select added.id, p.* from added, unnest($12::text[], $13::bigint[], $14::bigint[]) as p`,
    [
      id,
      merchant.name,
      merchant.prefix,
      merchant.currency,
      merchant.feePpm,
      merchant.feeTaxPpm,
      merchant.maximumOrderExpiryMs,
      merchant.expiryWarningLeadMs,
      merchant.timeZone,
      merchant.widgetToken,
      merchant.isFixture,
      merchant.products.map((p) => p.product),
      merchant.products.map((p) => p.minimum),
      merchant.products.map((p) => p.maximum),
    ],
  )
  return id
}

/** The merchants of that id, routing prefix or name, whether or not this cell serves them. */
export async function findAnyMerchants(pool: pg.Pool, text: string): Promise<MerchantId[]> {
  const { rows } = await pool.query<{ id: MerchantId }>(
    'select id from merchant where id::text = $1 or prefix = $1 or name = $1 order by id limit 2',
    [text],
  )
  return rows.map(({ id }) => id)
}

/** The merchants that this cell serves: those that may move to another, and the names of the sandbox's own, which stay. */
export async function listMovableMerchants(
  pool: pg.Pool,
): Promise<{ readonly movable: readonly MerchantId[]; readonly staying: readonly string[] }> {
  const { rows } = await pool.query<{ id: MerchantId; name: string; is_fixture: boolean }>(
    `select id, name, is_fixture from merchant where ${isServedHere('id')} order by id`,
  )
  const [movable, staying] = [rows.filter((row) => !row.is_fixture), rows.filter((row) => row.is_fixture)]
  return { movable: movable.map(({ id }) => id), staying: staying.map(({ name }) => name) }
}

/** Whether it is one that the sandbox makes. */
export async function isFixtureMerchant(sender: Pick<pg.Client, 'query'>, id: MerchantId): Promise<boolean> {
  const { rowCount } = await sender.query('select from merchant where id = $1 and is_fixture', [id])
  return rowCount === 1
}

/** The fixtures of the sandbox, by name: present in a database that must never go live. */
export async function listFixtureMerchants(sender: Pick<pg.Client, 'query'>): Promise<string[]> {
  const result = await sender.query<{ name: string }>('select name from merchant where is_fixture order by id')
  return result.rows.map((row) => row.name)
}
