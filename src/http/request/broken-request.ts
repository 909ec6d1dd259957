import { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { isBelow } from './request-target.ts'

/** What can be known of a request that Node's parser gave up on. */
export type BrokenRequest = {
  /** present when its head was read and its body broke off, so that the framework waits for the rest */
  readonly message?: IncomingMessage
  /** what was read last, as far as the line that could not be read; empty when there was nothing to show */
  readonly text: string
}

export function brokenRequest(error: Error, socket: Socket): BrokenRequest {
  const message = messageInParser(socket)
  const text = textOf(error)
  return message ? { message, text } : { text }
}

/**
 * The prefix that the request was meant for, `undefined` when its text shows that it was for none of them, and the first one
 * when it does not show whose it was. The text may begin in the middle of a request, or with an earlier one that was
 * pipelined on the same connection: so any sight of a prefix counts, and only a text that begins with a request line is
 * believed to belong to another one.
 */
export function prefixOf<P extends { readonly prefix: string }>(
  { message, text }: BrokenRequest,
  prefixes: readonly P[],
): P | undefined {
  const targets = message?.url === undefined ? text.split(/[\0-\x20]+/) : [message.url]
  const seen = prefixes.find(({ prefix }) => targets.some((target) => isBelow(prefix, target)))
  return seen ?? (message || requestLine.test(text) ? undefined : prefixes[0])
}

const requestLine = /^[A-Z-]+ +(\/|https?:\/\/)/

export function isHead({ message, text }: BrokenRequest): boolean {
  return message ? message.method === 'HEAD' : text.startsWith('HEAD ')
}

/** The answer that the connection waits for next: of the oldest request on it that is not answered yet. */
export function answerInTurn(socket: Socket): ServerResponse | undefined {
  // Node has no public name for it. Its own handler of these errors asks here, and the tests notice when this changes.
  const current = '_httpMessage' in socket ? socket._httpMessage : undefined
  return current instanceof ServerResponse ? current : undefined
}

/** The parser keeps its last request until it was answered and read to its end, so an incomplete one is the broken one. */
function messageInParser(socket: Socket): IncomingMessage | undefined {
  const parser = 'parser' in socket ? socket.parser : undefined
  if (typeof parser !== 'object' || parser === null || !('incoming' in parser)) return undefined
  return parser.incoming instanceof IncomingMessage && !parser.incoming.complete ? parser.incoming : undefined
}

function textOf(error: Error): string {
  if (!('rawPacket' in error) || !Buffer.isBuffer(error.rawPacket)) return ''
  const parsed = 'bytesParsed' in error && typeof error.bytesParsed === 'number' ? error.bytesParsed : 0
  const lineEnd = error.rawPacket.indexOf('\n', parsed)
  return error.rawPacket.toString('latin1', 0, lineEnd < 0 ? error.rawPacket.length : lineEnd + 1)
}
