import type pg from 'pg'
import { findMessage, listMessages, type MessageQuery, type StoredMessage } from '../../db/message/list-messages.ts'
import { openFacts, type RenderedMessage, type RenderMessage } from '../../domain/message/rendered-message.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'

export type { MessageQuery } from '../../db/message/list-messages.ts'

/** Stands where the link of an invitation was. */
const untoldLink = '…'

/** A message of the outbox with its text, as its reader sees it. */
export type ReadableMessage = StoredMessage & RenderedMessage

export type MessageLog = {
  /** newest first */
  readonly list: (query: MessageQuery) => Promise<readonly ReadableMessage[]>
  readonly find: (id: string) => Promise<ReadableMessage | undefined>
}

/**
 * What was sent and what waits. Codes are opened: for operators and the sandbox, never for a shopper. The link of an invitation is not: whoever
 * opens it first is let into the shop, and it is told to who invites and to who is invited alone.
 */
export function createMessageLog(pool: pg.Pool, sealer: Sealer, render: RenderMessage): MessageLog {
  const readable = (message: StoredMessage): ReadableMessage => ({
    ...message,
    ...render(openFacts(message.facts, openerOf(message)), message.language, message.channel),
  })
  function openerOf({ facts }: StoredMessage): Sealer['open'] {
    return facts.kind === 'invitation' ? () => untoldLink : sealer.open
  }
  return {
    list: async (query) => (await outageAsUnavailable(listMessages(pool, query))).map(readable),
    find: async (id) => {
      const message = await outageAsUnavailable(findMessage(pool, id))
      return message && readable(message)
    },
  }
}
