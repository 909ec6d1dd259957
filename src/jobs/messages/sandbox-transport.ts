import type { MessageTransport } from '../../app/message/message-transport.ts'

/** The sandbox's: every message arrives at once, in the log of messages and nowhere else. */
export const sandboxTransport: MessageTransport = { send: async () => ({ kind: 'sent' }) }
