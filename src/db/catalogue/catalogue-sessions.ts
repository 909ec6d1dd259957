import type { ClientBase } from 'pg'
import type { FileProblem } from '../../domain/catalogue/file/file-problem.ts'
import type { Catalogue } from '../../domain/catalogue/model/catalogue.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { SessionKey } from '../../domain/catalogue/pricing/order-request.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { timestampText } from '../wire/connection.ts'

type Count = { readonly added: number; readonly changed: number; readonly unchanged: number }
type StoredStart = { product_uuid: Uuid; starts_at: Instant; capacity: number; taken: number }

/**
 * The sessions of the file's products as the file has them. What is sold stays sold: a capacity below it is a problem, and a
 * session that is gone from the file is closed at what it sold, or removed when it sold nothing.
 */
export async function saveSessions(
  client: ClientBase,
  merchantId: MerchantId,
  { products }: Catalogue,
): Promise<Result<Count, readonly FileProblem[]>> {
  const starts = products.flatMap((product, at) =>
    product.starts.map((start, index) => ({
      ...start,
      productUuid: product.uuid,
      path: `products[${at}].event.starts[${index}].capacity`,
    })),
  )
  const stored = await lockSessions(
    client,
    merchantId,
    products.map((product) => product.uuid),
  )
  const taken = new Map(stored.map((row) => [keyOf(row.product_uuid, row.starts_at), row.taken]))
  const problems = starts.flatMap(({ productUuid, startsAt, capacity, path }) => {
    const sold = taken.get(keyOf(productUuid, startsAt)) ?? 0
    return capacity < sold ? [{ path, message: `is below the ${sold} that are sold` }] : []
  })
  if (problems.length > 0) return refuse(problems)
  const kept = new Set(starts.map((start) => keyOf(start.productUuid, start.startsAt)))
  const gone = stored.filter((row) => !kept.has(keyOf(row.product_uuid, row.starts_at)))
  const closed = await closeSessions(
    client,
    merchantId,
    gone.map((row) => ({ productUuid: row.product_uuid, startsAt: row.starts_at })),
  )
  const { rows } = await client.query<{ added: boolean }>(
    `insert into event_capacity as t (merchant_id, product_uuid, starts_at, ends_at, capacity)
      select $1, x.product_uuid, x.starts_at, x.ends_at, x.capacity
      from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::int[])
        as x (product_uuid, starts_at, ends_at, capacity)
      order by x.product_uuid, x.starts_at
      on conflict (merchant_id, product_uuid, starts_at) do update
        set ends_at = excluded.ends_at, capacity = excluded.capacity
        where (t.ends_at, t.capacity) is distinct from (excluded.ends_at, excluded.capacity)
      returning (xmax = 0) as added`,
    [
      merchantId,
      starts.map((start) => start.productUuid),
      starts.map((start) => timestampText(start.startsAt)),
      starts.map((start) => (start.endsAt === null ? null : timestampText(start.endsAt))),
      starts.map((start) => start.capacity),
    ],
  )
  const added = rows.filter((row) => row.added).length
  return ok({ added, changed: rows.length - added + closed, unchanged: starts.length - rows.length })
}

/** All sessions of those products, in the order in which every writer locks them. */
export async function lockSessions(client: ClientBase, merchantId: MerchantId, products: readonly Uuid[]) {
  const { rows } = await client.query<StoredStart>(
    `select product_uuid, starts_at, capacity, taken from event_capacity
      where merchant_id = $1 and product_uuid = any($2::uuid[])
      order by merchant_id, product_uuid, starts_at for update`,
    [merchantId, products],
  )
  return rows
}

async function closeSessions(client: ClientBase, merchantId: MerchantId, gone: readonly SessionKey[]): Promise<number> {
  if (gone.length === 0) return 0
  const values = [merchantId, gone.map((key) => key.productUuid), gone.map((key) => timestampText(key.startsAt))]
  const match = `t.merchant_id = $1 and t.product_uuid = x.product_uuid and t.starts_at = x.starts_at`
  const list = 'unnest($2::uuid[], $3::timestamptz[]) as x (product_uuid, starts_at)'
  const removed = await client.query(
    `delete from event_capacity t using ${list} where ${match} and t.taken = 0`,
    values,
  )
  const closed = await client.query(
    `update event_capacity t set capacity = t.taken from ${list} where ${match} and t.capacity <> t.taken`,
    values,
  )
  return (removed.rowCount ?? 0) + (closed.rowCount ?? 0)
}

function keyOf(productUuid: Uuid, startsAt: Instant): string {
  return `${productUuid} ${startsAt}`
}
