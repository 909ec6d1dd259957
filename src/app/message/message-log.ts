import type pg from 'pg'
import { findMessage, listMessages, type MessageQuery, type StoredMessage } from '../../db/message/list-messages.ts'
import { openFacts, type RenderedMessage, type RenderMessage } from '../../domain/message/rendered-message.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'

export type { MessageQuery } from '../../db/message/list-messages.ts'

/** A message of the outbox with its text, as its reader sees it. */
export type ReadableMessage = StoredMessage & RenderedMessage

export type MessageLog = {
  /** newest first */
  readonly list: (query: MessageQuery) => Promise<readonly ReadableMessage[]>
  readonly find: (id: string) => Promise<ReadableMessage | undefined>
}

/** What was sent and what waits. Codes are opened: for operators and the sandbox, never for a shopper. */
export function createMessageLog(pool: pg.Pool, sealer: Sealer, render: RenderMessage): MessageLog {
  const readable = (message: StoredMessage): ReadableMessage => ({
    ...message,
    ...render(openFacts(message.facts, sealer.open), message.language, message.channel),
  })
  return {
    list: async (query) => (await outageAsUnavailable(listMessages(pool, query))).map(readable),
    find: async (id) => {
      const message = await outageAsUnavailable(findMessage(pool, id))
      return message && readable(message)
    },
  }
}
