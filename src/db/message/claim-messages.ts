import type pg from 'pg'
import type { MessageChannel, MessageFacts, MessageOwner } from '../../domain/message/message.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Language } from '../../kernel/language.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'

/** One about a merchant goes where that goes. */
const isServed = `(merchant_id is null or ${isServedHere('merchant_id')})`

/** A message that this process alone sends, with all that its text is made of. */
export type ClaimedMessage = {
  readonly owner: MessageOwner
  readonly messageId: string
  readonly channel: MessageChannel
  readonly recipient: string
  readonly language: Language
  readonly facts: MessageFacts
  /** tries, this one included */
  readonly attempts: number
  /** when this try was due */
  readonly dueAt: Instant
  readonly usefulUntil: Instant | null
}

/** When the earliest waiting message is or was due; null when none waits. */
export async function nextMessageDue(pool: pg.Pool): Promise<Instant | null> {
  const result = await pool.query<{ due: Instant | null }>({
    name: 'next_message_due',
    text: `select min(next_attempt_at) as due from message where state = 'pending' and ${isServed}`,
  })
  return result.rows[0]?.due ?? null
}

/** Takes messages that are due, earliest first: from here on they count as tried. Rows that another process takes are passed over. */
export async function claimMessages(
  pool: pg.Pool,
  { until, limit, leaseMs }: { until: Instant; limit: number; leaseMs: number },
): Promise<ClaimedMessage[]> {
  const result = await pool.query<ClaimedMessage>({
    name: 'claim_messages',
    text: `with due as (
        select owner, message_id, next_attempt_at from message
        where state = 'pending' and next_attempt_at <= $1 and ${isServed}
        order by next_attempt_at limit $2 for update skip locked
      )
      update message m set state = 'sending', next_attempt_at = null, attempts = attempts + 1,
        claimed_until = now() + $3 * interval '1 millisecond'
      from due where m.owner = due.owner and m.message_id = due.message_id
      returning m.owner, m.message_id as "messageId", m.channel, m.recipient, m.language, m.facts::jsonb as facts,
        m.attempts::int as attempts, due.next_attempt_at as "dueAt", m.useful_until as "usefulUntil"`,
    values: [timestampText(until), limit, leaseMs],
  })
  return result.rows
}

/** Messages whose sender did not live to say what became of them: nobody knows whether they left. */
export async function giveUpLostMessages(pool: pg.Pool): Promise<number> {
  const result = await pool.query({
    name: 'give_up_lost_messages',
    text: `update message set state = 'unknown', claimed_until = null, error = 'the server stopped while it was sent'
      where state = 'sending' and claimed_until < now() and ${isServed}`,
  })
  return result.rowCount ?? 0
}

export type MessageResult =
  | { readonly state: 'sent'; readonly at: Instant }
  | { readonly state: 'pending'; readonly nextAttemptAt: Instant; readonly error: string }
  | { readonly state: 'failed' | 'unknown'; readonly error: string }

/** Writes what became of a claimed message. Nothing when its claim is over. */
export async function finishMessage(pool: pg.Pool, message: ClaimedMessage, result: MessageResult): Promise<void> {
  await pool.query({
    name: 'finish_message',
    text: `update message set state = $3, sent_at = $4, next_attempt_at = $5, error = $6, claimed_until = null
      where owner = $1 and message_id = $2 and state = 'sending'`,
    values: [
      message.owner,
      message.messageId,
      result.state,
      result.state === 'sent' ? timestampText(result.at) : null,
      result.state === 'pending' ? timestampText(result.nextAttemptAt) : null,
      result.state === 'sent' ? null : result.error,
    ],
  })
}
