import type pg from 'pg'
import type { SavedCard, ShopperId } from '../../domain/shopper/shopper.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'

type Sender = Pick<pg.Client, 'query'>

const columns = `card_id as id, brand, last4, expiry_month::int as "expiryMonth", expiry_year::int as "expiryYear", acquirer,
  is_default as "isDefault"`

/** The default card first, then the newest. */
export async function listCards(sender: Sender, shopperId: ShopperId): Promise<SavedCard[]> {
  const result = await sender.query<SavedCard>({
    name: 'list_shopper_cards',
    text: `select ${columns} from shopper_card where shopper_id = $1 and removed_at is null
      order by is_default desc, created_at desc limit 20`,
    values: [shopperId],
  })
  return result.rows
}

/** A card with the acquirer's sealed name for it. */
export type KeptCardRow = SavedCard & { readonly token: Buffer }

export async function findCard(sender: Sender, shopperId: ShopperId, cardId: string): Promise<KeptCardRow | undefined> {
  const result = await sender.query<KeptCardRow>({
    name: 'find_shopper_card',
    text: `select ${columns}, token from shopper_card where shopper_id = $1 and card_id = $2 and removed_at is null`,
    values: [shopperId, cardId],
  })
  return result.rows[0]
}

export type NewCard = Omit<SavedCard, 'isDefault'> & {
  readonly shopperId: ShopperId
  readonly token: Buffer
  readonly createdAt: Instant
}

/** The newest card becomes the default one: it is the one just proved to work. The same card entered again takes the place of its older self. */
export async function insertCard(sender: Sender, card: NewCard): Promise<void> {
  await sender.query(
    `update shopper_card set removed_at = $6, is_default = false where shopper_id = $1 and brand = $2 and last4 = $3
       and expiry_month = $4 and expiry_year = $5 and removed_at is null`,
    [card.shopperId, card.brand, card.last4, card.expiryMonth, card.expiryYear, timestampText(card.createdAt)],
  )
  await sender.query('update shopper_card set is_default = false where shopper_id = $1 and is_default', [
    card.shopperId,
  ])
  await sender.query({
    name: 'insert_shopper_card',
    text: `insert into shopper_card (shopper_id, card_id, brand, last4, expiry_month, expiry_year, acquirer, token, is_default, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, true, $9)`,
    values: [
      card.shopperId,
      card.id,
      card.brand,
      card.last4,
      card.expiryMonth,
      card.expiryYear,
      card.acquirer,
      card.token,
      timestampText(card.createdAt),
    ],
  })
}

export async function makeDefaultCard(sender: Sender, shopperId: ShopperId, cardId: string): Promise<void> {
  await sender.query('update shopper_card set is_default = false where shopper_id = $1 and is_default', [shopperId])
  await sender.query(
    'update shopper_card set is_default = true where shopper_id = $1 and card_id = $2 and removed_at is null',
    [shopperId, cardId],
  )
}

/** What was paid with it stays; its token is forgotten. */
export async function removeCard(sender: Sender, shopperId: ShopperId, cardId: string, now: Instant): Promise<boolean> {
  const result = await sender.query(
    `update shopper_card set removed_at = $3, is_default = false, token = '' where shopper_id = $1 and card_id = $2
       and removed_at is null`,
    [shopperId, cardId, timestampText(now)],
  )
  return result.rowCount === 1
}
