import type { Readable } from 'node:stream'
import type { OrderChanges } from '../../app/live/order-changes.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { createEventStreams } from '../shared/event-streams.ts'

export type LiveStreams = {
  /** Server-sent events of a merchant's changes; undefined when so many are open that one more is refused. */
  readonly open: (request: StreamRequest) => Readable | undefined
  readonly close: () => void
}

export type StreamRequest = {
  readonly merchantId: MerchantId
  /** whose streams are counted together: a session's */
  readonly countedAs: string
  /** asked now and then: who was signed out or let go hears nothing more */
  readonly isStillAllowed: () => Promise<boolean>
}

const limits = { most: 500, mostOfOne: 8, beatMs: 20_000, longestMs: 900_000 }

export type LiveOptions = {
  /** changes that come closer together are told as one; default 500 */
  readonly gatherMs?: number
  /** how often each is asked for, which asks the database; default a minute */
  readonly askMs?: number
}

/** Says that something changed and never what: the browser asks for that, through the guard of the usual calls. */
export function createLiveStreams(changes: Pick<OrderChanges, 'watch'>, options: LiveOptions = {}): LiveStreams {
  const { gatherMs = 500, askMs = 60_000 } = options
  const streams = createEventStreams(limits)
  return {
    close: streams.close,
    open: ({ merchantId, countedAs, isStillAllowed }) =>
      streams.open(countedAs, ({ say, end }) => {
        let gathering: NodeJS.Timeout | undefined
        const unwatch = changes.watch(merchantId, () => {
          gathering ??= setTimeout(() => {
            gathering = undefined
            say('event: orders\ndata: {}\n\n')
          }, gatherMs).unref()
        })
        const asking = setInterval(() => {
          // An outage is not a sign-out: it is asked again the next time.
          isStillAllowed().then(
            (isAllowed) => isAllowed || end(),
            () => undefined,
          )
        }, askMs).unref()
        return () => {
          clearTimeout(gathering)
          clearInterval(asking)
          unwatch()
        }
      }),
  }
}
