import type { Language } from '../../kernel/language.ts'
import type { MessageChannel, MessageFacts } from './message.ts'

/** What a message says, readable: a one-time code is in the clear, so it lives between opening and sending alone. */
export type OpenFacts =
  | Exclude<MessageFacts, { kind: 'code' }>
  | { readonly kind: 'code'; readonly code: string; readonly minutes: number }

/** A message as it leaves. A text message has neither subject nor HTML. */
export type RenderedMessage = { readonly subject: string; readonly text: string; readonly html: string }

export type RenderMessage = (facts: OpenFacts, language: Language, channel: MessageChannel) => RenderedMessage

/** Readable facts, with the code opened by whoever holds the key. */
export function openFacts(facts: MessageFacts, open: (sealed: Buffer) => string): OpenFacts {
  if (facts.kind !== 'code') return facts
  return { kind: 'code', code: open(Buffer.from(facts.sealedCode, 'base64')), minutes: facts.minutes }
}
