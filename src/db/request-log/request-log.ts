import type pg from 'pg'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere, takesWritesHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'

export type LoggedRequest = {
  readonly merchantId: MerchantId
  readonly at: Instant
  readonly api: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly latencyMs: number
  readonly requestId: string
  readonly errorCode: string | null
  /** without personal data and secrets */
  readonly request: string | null
  readonly response: string | null
  /** requests of the merchant since the entry before that were not kept */
  readonly skipped: number
}

/** One statement for all. What a crash loses of it is missed by nobody: it does not wait for the disk. */
export async function insertRequests(client: pg.PoolClient, rows: readonly LoggedRequest[]): Promise<void> {
  const column = <T>(of: (row: LoggedRequest) => T) => rows.map(of)
  await client.query('set local synchronous_commit = off')
  await client.query({
    name: 'insert_requests',
    text: `insert into request_log (merchant_id, entry_id, at, api, method, path, status, latency_ms, request_id, error_code, request,
        response, skipped)
      select m, time_ordered_uuid(at), at, api, method, path, status, latency, id, code, request, response, skipped
      from unnest($1::int[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::int[], $8::text[],
        $9::text[], $10::text[], $11::text[], $12::int[])
        as r (m, at, api, method, path, status, latency, id, code, request, response, skipped)
      where ${takesWritesHere('m')}`,
    values: [
      column((row) => row.merchantId),
      column((row) => timestampText(row.at)),
      column((row) => row.api),
      column((row) => row.method),
      column((row) => row.path),
      column((row) => row.status),
      column((row) => row.latencyMs),
      column((row) => row.requestId),
      column((row) => row.errorCode),
      column((row) => row.request),
      column((row) => row.response),
      column((row) => row.skipped),
    ],
  })
}

export type RequestQuery = {
  readonly merchantId: MerchantId
  readonly onlyErrors: boolean
  /** only those before this entry, for the next page */
  readonly before: string | null
  readonly limit: number
}

export type StoredRequest = LoggedRequest & { readonly id: string }

/** Newest first. */
export async function listRequests(pool: pg.Pool, query: RequestQuery): Promise<StoredRequest[]> {
  const result = await pool.query<StoredRequest>(
    `select entry_id as id, merchant_id as "merchantId", at, api, method, path, status, latency_ms as "latencyMs",
       request_id as "requestId", error_code as "errorCode", request, response, skipped
     from request_log
     where merchant_id = $1 and ($2::uuid is null or entry_id < $2) ${query.onlyErrors ? 'and status >= 400' : ''}
     order by entry_id desc limit $3`,
    [query.merchantId, query.before, query.limit],
  )
  return result.rows
}

export async function oldestRequest(pool: pg.Pool): Promise<Instant | null> {
  const result = await pool.query<{ oldest: Instant | null }>(
    `select min(at) as oldest from request_log where ${isServedHere('merchant_id')}`,
  )
  return result.rows[0]?.oldest ?? null
}

/** Forgets at most `limit` requests that were made at or before `until`, and returns how many. */
export async function deleteRequests(pool: pg.Pool, until: Instant, limit: number): Promise<number> {
  const result = await pool.query({
    name: 'delete_requests',
    // Through arrays, so that each row is looked up by its key.
    text: `with old as materialized (
        select merchant_id, entry_id from request_log where at <= $1 and ${isServedHere('merchant_id')}
        order by at limit $2 for update skip locked
      ), keys as (
        select array_agg(merchant_id) as merchants, array_agg(entry_id) as entries from old
      )
      delete from request_log l using keys, unnest(keys.merchants, keys.entries) as k (merchant_id, entry_id)
      where l.merchant_id = k.merchant_id and l.entry_id = k.entry_id`,
    values: [timestampText(until), limit],
  })
  return result.rowCount ?? 0
}
