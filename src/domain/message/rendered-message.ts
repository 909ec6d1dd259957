import type { Language } from '../../kernel/language.ts'
import type { MessageChannel, MessageFacts } from './message.ts'

/** What a message says, readable: one-time codes and links are in the clear, so it lives between opening and sending alone. */
export type OpenFacts =
  | Exclude<MessageFacts, { kind: 'code' | 'invitation' }>
  | { readonly kind: 'code'; readonly code: string; readonly minutes: number }
  | {
      readonly kind: 'invitation'
      readonly shop: string
      readonly invitedBy: string
      readonly url: string
      readonly days: number
    }

/** A message as it leaves. A text message has neither subject nor HTML. */
export type RenderedMessage = { readonly subject: string; readonly text: string; readonly html: string }

export type RenderMessage = (facts: OpenFacts, language: Language, channel: MessageChannel) => RenderedMessage

/** Readable facts, with what is secret opened by whoever holds the key. */
export function openFacts(facts: MessageFacts, open: (sealed: Buffer) => string): OpenFacts {
  const opened = (sealed: string) => open(Buffer.from(sealed, 'base64'))
  switch (facts.kind) {
    case 'code':
      return { kind: 'code', code: opened(facts.sealedCode), minutes: facts.minutes }
    case 'invitation': {
      const { sealedUrl, ...rest } = facts
      return { ...rest, url: opened(sealedUrl) }
    }
    default:
      return facts
  }
}
