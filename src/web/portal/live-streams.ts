import { Readable } from 'node:stream'
import type { OrderChanges } from '../../app/live/order-changes.ts'
import type { MerchantId } from '../../kernel/ids.ts'

export type LiveStreams = {
  /** Server-sent events of a merchant's changes; undefined when so many are open that one more is refused. */
  readonly open: (request: StreamRequest) => Readable | undefined
  /** Ends all of them, and takes no others: a server that stops waits for no browser. */
  readonly close: () => void
}

export type StreamRequest = {
  readonly merchantId: MerchantId
  /** whose streams are counted together: a session's */
  readonly countedAs: string
  /** asked now and then: who was signed out or let go hears nothing more */
  readonly isStillAllowed: () => Promise<boolean>
}

export type StreamLimits = {
  readonly most?: number
  readonly mostOfOne?: number
  /** changes that come closer together are told as one; default 500 */
  readonly gatherMs?: number
  readonly beatMs?: number
  readonly longestMs?: number
}

/** What a browser has not read of it: more is a connection that nobody reads from. */
const mostUnread = 16_384

/** An answer is asked for at every third beat: a minute is soon enough, and each asks the database. */
const askedEvery = 3

/** Says that something changed and never what: the browser asks for that, through the guard of the usual calls. */
export function createLiveStreams(changes: Pick<OrderChanges, 'watch'>, limits: StreamLimits = {}): LiveStreams {
  const { most = 500, mostOfOne = 8, gatherMs = 500, beatMs = 20_000, longestMs = 900_000 } = limits
  const open = new Set<Readable>()
  const counts = new Map<string, number>()
  let isClosed = false

  function start({ merchantId, countedAs, isStillAllowed }: StreamRequest): Readable {
    const stream = new Readable({ read: () => undefined })
    const say = (text: string) => {
      if (stream.readableLength > mostUnread) stream.destroy()
      else if (!stream.destroyed && !stream.readableEnded) stream.push(text)
    }
    const end = () => {
      if (!stream.destroyed && open.has(stream)) stream.push(null)
      forget()
    }
    let gathering: NodeJS.Timeout | undefined
    const unwatch = changes.watch(merchantId, () => {
      gathering ??= setTimeout(() => {
        gathering = undefined
        say('event: orders\ndata: {}\n\n')
      }, gatherMs).unref()
    })
    let beats = 0
    const beat = setInterval(() => {
      say(': here\n\n')
      beats += 1
      if (beats % askedEvery !== 0) return
      // An outage is no sign-out: it is asked again at the next beat.
      isStillAllowed().then(
        (isAllowed) => isAllowed || end(),
        () => undefined,
      )
    }, beatMs).unref()
    const life = setTimeout(end, longestMs).unref()
    const forget = () => {
      if (!open.delete(stream)) return
      clearTimeout(gathering)
      clearInterval(beat)
      clearTimeout(life)
      unwatch()
      const left = (counts.get(countedAs) ?? 1) - 1
      if (left > 0) counts.set(countedAs, left)
      else counts.delete(countedAs)
    }
    open.add(stream)
    counts.set(countedAs, (counts.get(countedAs) ?? 0) + 1)
    ends.set(stream, end)
    stream.once('close', forget)
    say('retry: 2000\n\n')
    return stream
  }

  const ends = new WeakMap<Readable, () => void>()
  return {
    open: (request) => {
      const isFull = open.size >= most || (counts.get(request.countedAs) ?? 0) >= mostOfOne
      return isClosed || isFull ? undefined : start(request)
    },
    close: () => {
      isClosed = true
      for (const stream of [...open]) ends.get(stream)?.()
    },
  }
}
