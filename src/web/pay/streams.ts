import type { FastifyReply, FastifyRequest } from 'fastify'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { PayApp } from './pay-app.ts'

/** Bounds of what stays open. A page without a stream asks by itself now and then, so that nobody is turned away by them. */
const streamLimits = {
  /** on this server */
  most: 2_000,
  /** of one payment: a shopper's devices, and a few people who look over the shoulder */
  mostOfPayment: 10,
  /** between two signs of life, shorter than the patience of proxies */
  heartbeatMs: 15_000,
  /** then the browser asks anew, and a connection that only looks alive is gone */
  longestMs: 600_000,
}

type Stream = { readonly paymentId: PaymentId; readonly end: () => void }

/** The open streams of this server, each of which tells its page the version of its payment. None of them holds a connection to the database. */
export type Streams = {
  /** Answers with a stream, or with 503 when there are too many. */
  readonly open: (
    key: { readonly merchantId: MerchantId; readonly paymentId: PaymentId },
    request: FastifyRequest,
    reply: FastifyReply,
  ) => FastifyReply
  /** Ends them all, for a server that stops: their pages ask again elsewhere. */
  readonly close: () => void
}

export function createStreams(changes: PayApp['changes'], limits = streamLimits): Streams {
  const streams = new Set<Stream>()
  let isClosing = false
  return {
    open: (key, request, reply) => {
      const own = [...streams].filter(({ paymentId }) => paymentId === key.paymentId)
      if (isClosing || streams.size >= limits.most || own.length >= limits.mostOfPayment)
        return reply.code(503).header('retry-after', '5').send()
      const { raw } = reply.hijack()
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        // nginx would keep what is sent until it has enough of it
        'x-accel-buffering': 'no',
      })
      const stopWatching = changes.watch(key, (version) => raw.write(`data: ${version}\n\n`))
      const heartbeat = setInterval(() => raw.write(': \n\n'), limits.heartbeatMs)
      const longest = setTimeout(() => raw.end(), limits.longestMs)
      const stream = { paymentId: key.paymentId, end: () => void raw.end() }
      streams.add(stream)
      raw.once('close', () => {
        stopWatching()
        clearInterval(heartbeat)
        clearTimeout(longest)
        streams.delete(stream)
      })
      raw.write('retry: 2000\n\n')
      // A browser that went away before this was written is told of by no later event.
      if (request.raw.destroyed) raw.destroy()
      return reply
    },
    close: () => {
      isClosing = true
      for (const { end } of streams) end()
    },
  }
}
