import type { MessageChannel } from '../../domain/message/message.ts'
import type { RenderedMessage } from '../../domain/message/rendered-message.ts'

export type OutgoingMessage = RenderedMessage & {
  /** stays the same for every try: a receiver that has seen it may drop the second */
  readonly id: string
  readonly recipient: string
}

/**
 * `sent`: taken by the peer. `refused`: it will never take it. `later`: certainly not taken, may be tried again. `unknown`: it may
 * have been taken, so it is not tried again.
 */
export type SendOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused' | 'later' | 'unknown'; readonly error: string }

/** A way to people. Never throws for anything that the network or the peer does. */
export type MessageTransport = {
  send(message: OutgoingMessage): Promise<SendOutcome>
  close?(): void
}

/** A channel without a transport cannot be sent on: nobody is asked for an address of it. */
export type MessageTransports = Readonly<Partial<Record<MessageChannel, MessageTransport>>>
