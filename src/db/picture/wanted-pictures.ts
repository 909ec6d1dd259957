import type pg from 'pg'
import type { Picture } from '../../domain/picture/picture.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { day, type Instant, plus } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/types-on-wire.ts'

type Sender = Pick<pg.Pool, 'query'>

export type NamedPicture = { readonly id: string; readonly url: string }

/** A merchant's pictures are no more than this: half a gigabyte at worst, and a thousand products. */
const mostPictures = 1_000

/**
 * Notes that orders name these pictures. A new one is fetched; one that was refused is asked for again, once a day at most; one that is kept
 * counts as used.
 */
export async function wantPictures(
  sender: Sender,
  merchantId: MerchantId,
  pictures: readonly NamedPicture[],
  now: Instant,
): Promise<void> {
  await sender.query({
    name: 'want_pictures',
    text: `insert into picture as p (merchant_id, picture_id, url, state, fetch_at, named_at)
      select $1, n.id, n.url, 'wanted', $4, $4 from unnest($2::text[], $3::text[]) as n (id, url)
      where (select count(*) from picture where merchant_id = $1) < $5
        or exists (select from picture k where k.merchant_id = $1 and k.picture_id = n.id)
      order by n.id
      on conflict (merchant_id, picture_id) do update set named_at = excluded.named_at, tries = 0,
        state = case p.state when 'refused' then 'wanted' else p.state end,
        fetch_at = case p.state when 'refused' then excluded.fetch_at else p.fetch_at end
      where p.named_at < $6`,
    values: [
      merchantId,
      pictures.map(({ id }) => id),
      pictures.map(({ url }) => url),
      timestampText(now),
      mostPictures,
      timestampText(plus(now, -day)),
    ],
  })
}

/** Which of these pictures can be shown. */
export async function findKept(
  sender: Sender,
  merchantId: MerchantId,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sender.query<{ id: string }>({
    name: 'find_kept_pictures',
    text: `select picture_id as id from picture where merchant_id = $1 and picture_id = any($2::text[]) and state = 'kept'`,
    values: [merchantId, ids],
  })
  return new Set(rows.map(({ id }) => id))
}

/** When the next picture is to be fetched; null when none is. */
export async function nextPictureDue(sender: Sender): Promise<Instant | null> {
  const { rows } = await sender.query<{ due: Instant | null }>(
    `select min(fetch_at) as due from picture where state = 'wanted' and (claimed_until is null or claimed_until < now())
      and ${isServedHere('merchant_id')}`,
  )
  return rows[0]?.due ?? null
}

export type WantedPicture = NamedPicture & {
  readonly merchantId: MerchantId
  /** made before this one */
  readonly tries: number
}

/** Takes pictures that are due, so that no other process asks for them meanwhile. */
export async function claimWanted(sender: Sender, until: Instant, limit: number): Promise<WantedPicture[]> {
  const { rows } = await sender.query<WantedPicture>({
    name: 'claim_wanted_pictures',
    text: `update picture p set claimed_until = now() + interval '1 minute', tries = p.tries + 1
      from (select merchant_id, picture_id from picture where state = 'wanted' and fetch_at <= $1 and ${isServedHere('merchant_id')}
        and (claimed_until is null or claimed_until < now()) order by fetch_at limit $2 for update skip locked) due
      where p.merchant_id = due.merchant_id and p.picture_id = due.picture_id
      returning p.merchant_id as "merchantId", p.picture_id as id, p.url, p.tries - 1 as tries`,
    values: [timestampText(until), limit],
  })
  return rows
}

type Key = Pick<WantedPicture, 'merchantId' | 'id'>

export async function keepFetched(sender: Sender, { merchantId, id }: Key, picture: Picture): Promise<void> {
  await sender.query(
    `update picture set state = 'kept', type = $3, content = $4, fetch_at = null, claimed_until = null
     where merchant_id = $1 and picture_id = $2 and state = 'wanted'`,
    [merchantId, id, picture.type, picture.content],
  )
}

/** `again` null: it is refused. */
export async function giveBackWanted(sender: Sender, { merchantId, id }: Key, again: Instant | null): Promise<void> {
  await sender.query(
    `update picture set state = case when $3::timestamptz is null then 'refused' else 'wanted' end, fetch_at = $3, claimed_until = null
     where merchant_id = $1 and picture_id = $2 and state = 'wanted'`,
    [merchantId, id, again === null ? null : timestampText(again)],
  )
}

/** When the picture was named that no order has named for longest; logos are never too old. */
export async function oldestNamed(sender: Sender): Promise<Instant | null> {
  const { rows } = await sender.query<{ oldest: Instant | null }>(
    `select min(named_at) as oldest from picture where url is not null and ${isServedHere('merchant_id')}`,
  )
  return rows[0]?.oldest ?? null
}

export async function deleteUnnamed(sender: Sender, before: Instant, limit: number): Promise<number> {
  const { rowCount } = await sender.query(
    `delete from picture p using (select merchant_id, picture_id from picture where url is not null and named_at <= $1
       and ${isServedHere('merchant_id')} limit $2) old
     where p.merchant_id = old.merchant_id and p.picture_id = old.picture_id`,
    [timestampText(before), limit],
  )
  return rowCount ?? 0
}
