import type { NewMessage } from '../../domain/message/message.ts'
import { int4, jsonb, rowType, text, timestamptz } from '../wire/binary-rows.ts'
import type { Statement } from '../wire/statement.ts'

const newMessage = rowType<NewMessage>('new_message', [
  text('owner', (m) => m.owner),
  text('cause', (m) => m.cause),
  int4('merchant_id', (m) => m.merchantId),
  text('kind', (m) => m.facts.kind),
  text('channel', (m) => m.channel),
  text('recipient', (m) => m.recipient),
  text('language', (m) => m.language),
  jsonb('facts', (m) => JSON.stringify(m.facts)),
  timestamptz('next_attempt_at', (m) => m.createdAt),
  timestamptz('useful_until', (m) => m.usefulUntil),
  timestamptz('created_at', (m) => m.createdAt),
])

/** Puts messages into the outbox, as a part of whatever transaction causes them. One that is there already is left as it is. */
export function insertMessages(messages: readonly NewMessage[]): Statement {
  return {
    name: 'insert_messages',
    text: `insert into message (message_id, ${newMessage.names})
      select time_ordered_uuid(n.created_at), n.* from unnest($1::new_message[]) as n
      on conflict (owner, cause, channel) do nothing`,
    values: [newMessage.arrayOf(messages)],
  }
}
