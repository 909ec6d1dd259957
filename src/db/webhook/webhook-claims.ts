import type pg from 'pg'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import type { WebhookSubject } from '../../domain/webhook/subject.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere, takesWritesHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'
import { type SubjectRow, subjectColumns, subjectFromRow, subjectJoins } from './subject-row.ts'

/** What is signed with: whsec_ secrets, sealed. Each previous one counts until the end of its own at the same index. */
export type SealedSecrets = {
  readonly secret: Buffer
  readonly previousSecrets: readonly Buffer[]
  readonly previousSecretsUntil: readonly Instant[]
}

/** A message that this process alone may deliver until `claimedUntil`, with everything that its request is made of. */
export type ClaimedMessage = SealedSecrets & {
  readonly merchantId: MerchantId
  readonly messageId: string
  readonly endpointId: string
  readonly url: string
  /** attempts made before this one */
  readonly attempts: number
  /** the database's own time; also the token that says whose claim it is */
  readonly claimedUntil: Instant
  readonly subject: WebhookSubject
  readonly details: string | null
}

export type ClaimRequest = {
  readonly merchants: readonly MerchantId[]
  /** how many more messages of an endpoint may be taken; endpoints that are not listed get `room` */
  readonly rooms: ReadonlyMap<string, number>
  readonly room: number
  /** due at or before, in the clock's time */
  readonly until: Instant
  readonly leaseMs: number
  readonly wantsDetails: readonly WebhookEvent[]
}

type ClaimRow = SubjectRow & {
  merchantId: MerchantId
  messageId: string
  endpointId: string
  url: string
  attempts: number
  claimedUntil: Instant
  secret: Buffer
  previousSecrets: Buffer[]
  previousSecretsUntil: Instant[]
}

/**
 * Takes the messages of some merchants that are due, oldest first within each endpoint, never more of one endpoint than
 * its room. Rows that another process is taking at this moment are stepped over, not waited for. A claim that its holder
 * did not live to end becomes free by itself when the lease is over.
 *
 * The keys pass through arrays: the planner takes an array for short, and so looks rows up by their key instead of reading a
 * backlog of any length.
 */
export async function claimMessages(pool: pg.Pool, request: ClaimRequest): Promise<ClaimedMessage[]> {
  const result = await pool.query<ClaimRow>({
    name: 'claim_webhook_messages',
    text: `with target as (
        select e.merchant_id, e.endpoint_id, coalesce(r.room, $4::int) as room
        from webhook_endpoint e
        left join unnest($2::uuid[], $3::int[]) as r (endpoint_id, room) on r.endpoint_id = e.endpoint_id
        where e.merchant_id = any($1::int[]) and ${isServedHere('e.merchant_id')} and e.deleted_at is null and e.enabled and e.kind <> 'listener'
          and coalesce(r.room, $4::int) > 0
      ), picked as materialized (
        select due.* from target t, lateral (
          select m.merchant_id, m.message_id from webhook_message m
          where m.merchant_id = t.merchant_id and m.endpoint_id = t.endpoint_id and m.state = 'pending'
            and m.next_attempt_at <= $5 and (m.claimed_until is null or m.claimed_until < clock_timestamp())
          order by m.next_attempt_at, m.sequence limit t.room for update skip locked
        ) due
      ), keys as (
        select array_agg(merchant_id) as merchants, array_agg(message_id) as messages,
          clock_timestamp() + $6 * interval '1 millisecond' as claimed_until
        from picked
      ), claimed as (
        update webhook_message m set claimed_until = keys.claimed_until
        from keys, unnest(keys.merchants, keys.messages) as k (merchant_id, message_id)
        where m.merchant_id = k.merchant_id and m.message_id = k.message_id
        returning m.*
      )
      select c.merchant_id as "merchantId", c.message_id as "messageId", c.endpoint_id as "endpointId", c.attempts,
        c.claimed_until as "claimedUntil", coalesce(c.url, n.url) as url, n.secret, n.previous_secrets as "previousSecrets",
        n.previous_secrets_until as "previousSecretsUntil", ${subjectColumns}
      from claimed c
      join webhook_endpoint n on n.merchant_id = c.merchant_id and n.endpoint_id = c.endpoint_id
      ${subjectJoins('c', '$7')}
      order by c.next_attempt_at, c.sequence`,
    values: [
      request.merchants,
      [...request.rooms.keys()],
      [...request.rooms.values()],
      request.room,
      timestampText(request.until),
      request.leaseMs,
      request.wantsDetails,
    ],
  })
  return result.rows.map(claimedFromRow)
}

function claimedFromRow(row: ClaimRow): ClaimedMessage {
  const { merchantId, messageId, endpointId, url, attempts, claimedUntil, details } = row
  const { secret, previousSecrets, previousSecretsUntil } = row
  return {
    ...{ merchantId, messageId, endpointId, url, attempts, claimedUntil, details },
    ...{ secret, previousSecrets, previousSecretsUntil },
    subject: subjectFromRow(row),
  }
}

/** How an attempt ended, or that none was made (`attempt` null: a claim that is given back, or a message without a body). */
export type RecordedResult = {
  readonly message: Pick<ClaimedMessage, 'merchantId' | 'messageId' | 'claimedUntil'>
  readonly state: 'pending' | 'delivered' | 'dead' | 'skipped'
  /** when it is due again; null unless pending. Null with `pending`: as before, the claim alone ends. */
  readonly nextAttemptAt: Instant | null
  readonly attempt: {
    readonly at: Instant
    readonly status: number | null
    readonly error: string | null
    readonly latencyMs: number
    readonly answer: string | null
  } | null
}

/**
 * Ends claims and logs their attempts, many in one statement. A message that another process delivered meanwhile, after
 * this one's lease had ended, stays delivered; a failure counts only while the claim is still this process's own. What ended for a merchant
 * that was frozen meanwhile is left out: where it moves to, its messages are sent once more.
 */
export async function recordResults(pool: pg.Pool, results: readonly RecordedResult[]): Promise<void> {
  await pool.query({
    name: 'record_webhook_results',
    text: `with r as (
        select * from unnest($1::int[], $2::uuid[], $3::timestamptz[], $4::text[], $5::timestamptz[], $6::timestamptz[],
          $7::int[], $8::text[], $9::int[], $10::text[])
          as r (merchant_id, message_id, claimed_until, state, next_attempt_at, at, status, error, latency_ms, answer)
        where ${takesWritesHere('r.merchant_id')}
      ), settled as (
        update webhook_message m set state = r.state, claimed_until = null,
          attempts = m.attempts + (r.at is not null)::int,
          next_attempt_at = case when r.state = 'pending' then coalesce(r.next_attempt_at, m.next_attempt_at) end
        from r
        where m.merchant_id = r.merchant_id and m.message_id = r.message_id and m.state = 'pending'
          and (r.state = 'delivered' or m.claimed_until = r.claimed_until)
      )
      insert into webhook_attempt (merchant_id, message_id, at, status, error, latency_ms, answer)
      select merchant_id, message_id, at, status, error, latency_ms, answer from r where at is not null`,
    values: [
      results.map((r) => r.message.merchantId),
      results.map((r) => r.message.messageId),
      results.map((r) => timestampText(r.message.claimedUntil)),
      results.map((r) => r.state),
      results.map((r) => r.nextAttemptAt && timestampText(r.nextAttemptAt)),
      results.map((r) => r.attempt && timestampText(r.attempt.at)),
      results.map((r) => r.attempt?.status ?? null),
      results.map((r) => r.attempt?.error ?? null),
      results.map((r) => r.attempt?.latencyMs ?? null),
      results.map((r) => r.attempt?.answer ?? null),
    ],
  })
}

export type PendingEndpoint = {
  readonly merchantId: MerchantId
  readonly endpointId: string
  readonly nextDue: Instant
}

/**
 * Every endpoint that something waits for and nobody holds, with its earliest due time. One descent of the index for each
 * endpoint, so the number of waiting messages does not matter. Disabled and deleted endpoints are left out.
 */
export async function findPendingEndpoints(pool: pg.Pool): Promise<PendingEndpoint[]> {
  const result = await pool.query<PendingEndpoint>({
    name: 'find_pending_webhook_endpoints',
    text: `with recursive pending as (
        (select merchant_id, endpoint_id from webhook_message where state = 'pending'
          order by merchant_id, endpoint_id limit 1)
        union all
        select next.* from pending p, lateral (
          select m.merchant_id, m.endpoint_id from webhook_message m
          where m.state = 'pending' and (m.merchant_id, m.endpoint_id) > (p.merchant_id, p.endpoint_id)
          order by m.merchant_id, m.endpoint_id limit 1
        ) next
      )
      select p.merchant_id as "merchantId", p.endpoint_id as "endpointId", first.next_attempt_at as "nextDue"
      from pending p
      join webhook_endpoint e on e.merchant_id = p.merchant_id and e.endpoint_id = p.endpoint_id
        and e.enabled and e.deleted_at is null and ${isServedHere('e.merchant_id')}, lateral (
          select m.next_attempt_at from webhook_message m
          where m.merchant_id = p.merchant_id and m.endpoint_id = p.endpoint_id and m.state = 'pending'
            and (m.claimed_until is null or m.claimed_until < clock_timestamp())
          order by m.next_attempt_at, m.sequence limit 1
        ) first`,
  })
  return result.rows
}

/** Whether a message that is due by then is claimed by somebody whose lease is not over. */
export async function hasClaimedMessages(db: Pick<pg.Pool, 'query'>, until: Instant): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from webhook_message
      where state = 'pending' and next_attempt_at <= $1 and claimed_until >= clock_timestamp()
        and ${isServedHere('merchant_id')} limit 1`,
    [timestampText(until)],
  )
  return rowCount === 1
}
