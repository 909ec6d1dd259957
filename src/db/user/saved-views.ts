import type pg from 'pg'
import type { UserId } from '../../domain/user/user.ts'
import type { MerchantId } from '../../kernel/ids.ts'

type Sender = Pick<pg.Pool, 'query'>

/** A filter of the order list under a name. `query` holds the list's own words, as the page sends them. */
export type SavedView = { readonly name: string; readonly query: Readonly<Record<string, string>> }

type Owner = { readonly merchantId: MerchantId; readonly userId: UserId }

/** By name. */
export async function listViews(sender: Sender, { merchantId, userId }: Owner): Promise<SavedView[]> {
  const { rows } = await sender.query<SavedView>(
    'select name, query from saved_view where merchant_id = $1 and user_id = $2 order by name',
    [merchantId, userId],
  )
  return rows
}

/** Keeps a view, in place of one of the same name. False when the person has `most` others already. */
export async function putView(
  sender: Sender,
  { merchantId, userId }: Owner,
  view: SavedView,
  most: number,
): Promise<boolean> {
  const { rowCount } = await sender.query(
    `insert into saved_view (merchant_id, user_id, name, query)
     select $1, $2, $3::text, $4
     where (select count(*) from saved_view where merchant_id = $1 and user_id = $2 and name <> $3) < $5
     on conflict (merchant_id, user_id, name) do update set query = excluded.query`,
    [merchantId, userId, view.name, JSON.stringify(view.query), most],
  )
  return rowCount === 1
}

export async function deleteView(sender: Sender, { merchantId, userId }: Owner, name: string): Promise<boolean> {
  const { rowCount } = await sender.query(
    'delete from saved_view where merchant_id = $1 and user_id = $2 and name = $3',
    [merchantId, userId, name],
  )
  return rowCount === 1
}
