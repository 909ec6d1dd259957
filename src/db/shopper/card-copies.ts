import type pg from 'pg'
import type { SavedCard, ShopperId } from '../../domain/shopper/shopper.ts'

type Sender = Pick<pg.ClientBase, 'query'>

/** A card with the acquirer's sealed name for it, to be kept in another cell as well. */
export type CardCopy = SavedCard & {
  /** base64 */
  readonly token: string
  /** as PostgreSQL writes it */
  readonly createdAt: string
}

export async function readCardCopies(sender: Sender, shopperId: ShopperId): Promise<CardCopy[]> {
  const { rows } = await sender.query<CardCopy>({
    name: 'read_card_copies',
    text: `select card_id as id, brand, last4, expiry_month::int as "expiryMonth", expiry_year::int as "expiryYear", acquirer,
        is_default as "isDefault", encode(token, 'base64') as token, created_at::text as "createdAt"
      from shopper_card where shopper_id = $1 and removed_at is null order by created_at desc limit 20`,
    values: [shopperId],
  })
  return rows
}

/** Keeps those that the shopper has not here, by what a card looks like. One becomes the default only where there is none. */
export async function insertMissingCards(
  sender: Sender,
  shopperId: ShopperId,
  cards: readonly CardCopy[],
): Promise<void> {
  await sender.query({
    name: 'insert_missing_cards',
    text: `insert into shopper_card (shopper_id, card_id, brand, last4, expiry_month, expiry_year, acquirer, token, is_default, created_at)
      select $1, c.id, c.brand, c.last4, c.month, c.year, c.acquirer, decode(c.token, 'base64'),
        c.is_default and not exists (select from shopper_card k where k.shopper_id = $1 and k.is_default and k.removed_at is null), c.at
      from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::int[], $7::text[], $8::text[], $9::bool[], $10::timestamptz[])
        as c(id, brand, last4, month, year, acquirer, token, is_default, at)
      where not exists (select from shopper_card k where k.shopper_id = $1 and k.brand = c.brand and k.last4 = c.last4
        and k.expiry_month = c.month and k.expiry_year = c.year and k.removed_at is null)
      on conflict do nothing`,
    values: [
      shopperId,
      cards.map(({ id }) => id),
      cards.map(({ brand }) => brand),
      cards.map(({ last4 }) => last4),
      cards.map(({ expiryMonth }) => expiryMonth),
      cards.map(({ expiryYear }) => expiryYear),
      cards.map(({ acquirer }) => acquirer),
      cards.map(({ token }) => token),
      cards.map(({ isDefault }) => isDefault),
      cards.map(({ createdAt }) => createdAt),
    ],
  })
}
