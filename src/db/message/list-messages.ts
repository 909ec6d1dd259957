import type pg from 'pg'
import type { MessageChannel, MessageFacts, MessageOwner, MessageState } from '../../domain/message/message.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Language } from '../../kernel/language.ts'

export type StoredMessage = {
  readonly id: string
  readonly owner: MessageOwner
  readonly channel: MessageChannel
  readonly recipient: string
  readonly language: Language
  readonly facts: MessageFacts
  readonly state: MessageState
  readonly attempts: number
  readonly error: string | null
  readonly createdAt: Instant
  readonly sentAt: Instant | null
}

const columns = `message_id as id, owner, channel, recipient, language, facts, state, attempts::int as attempts, error,
  created_at as "createdAt", sent_at as "sentAt"`

export type MessageQuery = {
  /** only what is about this merchant's orders, or about none; null is everything */
  readonly merchantId: number | null
  readonly recipient: string | null
  readonly limit: number
}

/** Newest first. */
export async function listMessages(pool: pg.Pool, query: MessageQuery): Promise<StoredMessage[]> {
  const result = await pool.query<StoredMessage>({
    name: 'list_messages',
    text: `select ${columns} from message
      where ($1::int is null or merchant_id is null or merchant_id = $1) and ($2::text is null or recipient = $2)
      order by created_at desc, message_id desc limit $3`,
    values: [query.merchantId, query.recipient, query.limit],
  })
  return result.rows
}

export async function findMessage(pool: pg.Pool, id: string): Promise<StoredMessage | undefined> {
  const result = await pool.query<StoredMessage>({
    name: 'find_message',
    text: `select ${columns} from message where message_id = $1`,
    values: [id],
  })
  return result.rows[0]
}
