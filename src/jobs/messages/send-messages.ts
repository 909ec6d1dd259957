import type pg from 'pg'
import type { MessageTransports, SendOutcome } from '../../app/message/message-transport.ts'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import {
  type ClaimedMessage,
  claimMessages,
  finishMessage,
  giveUpLostMessages,
  type MessageResult,
  nextMessageDue,
} from '../../db/message/claim-messages.ts'
import { openFacts, type RenderMessage } from '../../domain/message/rendered-message.ts'
import { nextTry } from '../../domain/message/retry-schedule.ts'
import type { Instant } from '../../kernel/instant.ts'

/** As many as one process has in flight. Each takes a mail server a tenth of a second or so. */
const mostAtOnce = 32

/** Longer than any transport waits. */
const leaseMs = 120_000

type Parts = {
  readonly pool: pg.Pool
  readonly sealer: Pick<Sealer, 'open'>
  readonly render: RenderMessage
  readonly transports: MessageTransports
}

/**
 * Sends the outbox. A message is marked before it is sent and the result written after, so that a crash between the two leaves
 * one that nobody sends a second time. Any number of processes may run it.
 */
export function createSendMessages(parts: Parts): DueSource {
  const { pool } = parts
  return {
    name: 'messages',
    nextDue: () => nextMessageDue(pool),
    runDue: async (until) => {
      const lost = await giveUpLostMessages(pool)
      const claimed = await claimMessages(pool, { until, limit: mostAtOnce, leaseMs })
      await Promise.all(claimed.map(async (message) => finishMessage(pool, message, await sendOne(parts, message))))
      return claimed.length + lost
    },
  }
}

async function sendOne({ sealer, render, transports }: Parts, message: ClaimedMessage): Promise<MessageResult> {
  const { channel, recipient, language, messageId, dueAt, usefulUntil } = message
  const transport = transports[channel]
  if (!transport) return { state: 'failed', error: `no provider is set for ${channel}` }
  if (usefulUntil !== null && dueAt > usefulUntil) return { state: 'failed', error: 'it was too late to be of use' }
  const rendered = render(openFacts(message.facts, sealer.open), language, channel)
  return resultOf(await transport.send({ id: messageId, recipient, ...rendered }), message)
}

function resultOf(outcome: SendOutcome, { attempts, dueAt, usefulUntil }: ClaimedMessage): MessageResult {
  if (outcome.kind === 'sent') return { state: 'sent', at: dueAt }
  const { error } = outcome
  if (outcome.kind === 'unknown') return { state: 'unknown', error }
  const again: Instant | null = outcome.kind === 'later' ? nextTry(attempts, dueAt, usefulUntil) : null
  return again === null ? { state: 'failed', error } : { state: 'pending', nextAttemptAt: again, error }
}
