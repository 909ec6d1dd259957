import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

export type StreamLimits = {
  /** on this server */
  readonly most: number
  /** of those that are counted together */
  readonly mostOfOne: number
  /** between two signs of life, shorter than the patience of proxies */
  readonly beatMs: number
  /** then the browser asks anew, and a connection that only looks alive is gone */
  readonly longestMs: number
}

export type OpenStream = {
  /** one event as it goes over the wire: `data: 1\n\n` */
  readonly say: (text: string) => void
  readonly end: () => void
}

/** Server-sent events to browsers. None of the streams holds a connection to the database. */
export type EventStreams = {
  /**
   * A new stream, counted with the others of `countedAs`; undefined when so many are open that one more is refused. `begin` begins what the stream
   * tells of, and answers what stops that.
   */
  readonly open: (countedAs: string, begin: (stream: OpenStream) => () => void) => Readable | undefined
  /** Ends all of them, and opens no others: a server that stops waits for no browser. */
  readonly close: () => void
}

/** What a browser has not read of it: more is a connection that nobody reads from. */
const mostUnread = 16_384

export function createEventStreams({ most, mostOfOne, beatMs, longestMs }: StreamLimits): EventStreams {
  /** what ends each open stream */
  const ends = new Map<Readable, () => void>()
  const counts = new Map<string, number>()
  let isClosed = false

  function start(countedAs: string, begin: (stream: OpenStream) => () => void): Readable {
    const stream = new Readable({ read: () => undefined })
    const say = (text: string) => {
      if (stream.readableLength > mostUnread) stream.destroy()
      else if (ends.has(stream)) stream.push(text)
    }
    const forget = () => {
      if (!ends.delete(stream)) return
      clearInterval(beat)
      clearTimeout(life)
      stop()
      const left = (counts.get(countedAs) ?? 1) - 1
      if (left > 0) counts.set(countedAs, left)
      else counts.delete(countedAs)
    }
    const end = () => {
      if (ends.has(stream) && !stream.destroyed) stream.push(null)
      forget()
    }
    const beat = setInterval(() => say(': here\n\n'), beatMs).unref()
    const life = setTimeout(end, longestMs).unref()
    ends.set(stream, end)
    counts.set(countedAs, (counts.get(countedAs) ?? 0) + 1)
    stream.once('close', forget)
    say('retry: 2000\n\n')
    const stop = begin({ say, end })
    return stream
  }

  return {
    open: (countedAs, begin) => {
      const isFull = ends.size >= most || (counts.get(countedAs) ?? 0) >= mostOfOne
      return isClosed || isFull ? undefined : start(countedAs, begin)
    },
    close: () => {
      isClosed = true
      for (const end of [...ends.values()]) end()
    },
  }
}

/** Answers with the stream, which ends when the browser leaves. */
export function sendStream(reply: FastifyReply, stream: Readable): FastifyReply {
  // The server lets a caller close its half and still answers; a browser that leaves says no more than that.
  const { socket } = reply.request.raw
  const leave = () => void stream.destroy()
  socket.once('end', leave)
  stream.once('close', () => socket.off('end', leave))
  // nginx would keep what is sent until it has enough of it.
  reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
  return reply.send(stream)
}
