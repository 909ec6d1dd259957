import type { ReadableMessage } from '../../app/message/message-log.ts'
import { isoOf } from '../../kernel/instant.ts'

/** A message as programs read it. `code` only where it brings one. */
export function messageView(message: ReadableMessage): object {
  const { id, channel, recipient, language, facts, state, attempts, error, createdAt, sentAt, subject, text } = message
  const code = facts.kind === 'code' ? /\d{6}/.exec(text)?.[0] : undefined
  return {
    ...{ id, kind: facts.kind, channel, to: recipient, language, state, attempts, error },
    createdAt: isoOf(createdAt),
    sentAt: sentAt && isoOf(sentAt),
    ...(channel === 'email' && { subject }),
    text,
    ...(code && { code }),
  }
}
