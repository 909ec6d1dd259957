import { RateLimiterMemory } from 'rate-limiter-flexible'
import { createTryPlaces, type TryPlacesOptions } from '../../app/attempt/try-places.ts'
import type { RateLimits } from '../../domain/catalogue/model/catalogue.ts'

type Instance = { readonly uuid: string; readonly rateLimits: RateLimits }

/** Brakes against card testing. Requests are counted in this process's memory, so that n processes let n times as many through; declines over all. */
export type Limits = {
  /**
   * Counts one request before its body is read; false when the address or the instance has sent twice what it may. Up to there a body is
   * still looked at, since it may repeat a payment that was made, whose answer must not turn into "not requested".
   */
  readonly mayBeRead: (instance: Instance, client: string) => Promise<boolean>
  /** Counts one request; false when the instance or the address has used up theirs. */
  readonly admit: (instance: Instance, client: string) => Promise<boolean>
  /** Makes a try of a card in one of the places that the address's declines have left; undefined when there is none. */
  readonly tryCard: <T>(
    instance: Instance,
    client: string,
    attempt: () => Promise<T>,
    isDecline: (result: T) => boolean,
  ) => Promise<T | undefined>
}

/**
 * Three counters, with the instance's own limits: requests per address and minute, requests per minute, declines per address
 * and hour. An address that is over its limit does not use up the instance's. A try takes its place before it is made, so that
 * requests in flight together pass no limit.
 */
export function createLimits({ countDecline }: Pick<TryPlacesOptions, 'countDecline'> = {}): Limits {
  const perAddress = counters('address', 60)
  const perInstance = counters('instance', 60)
  const places = createTryPlaces({ countDecline })
  const readPerAddress = counters('read by address', 60)
  const readPerInstance = counters('read by instance', 60)
  return {
    mayBeRead: async ({ uuid, rateLimits }, client) =>
      (await take(readPerAddress(2 * rateLimits.requestsPerMinutePerAddress), `${uuid}/${client}`)) &&
      (await take(readPerInstance(2 * rateLimits.requestsPerMinute), uuid)),
    admit: async ({ uuid, rateLimits }, client) =>
      (await take(perAddress(rateLimits.requestsPerMinutePerAddress), `${uuid}/${client}`)) &&
      (await take(perInstance(rateLimits.requestsPerMinute), uuid)),
    tryCard: ({ uuid, rateLimits }, client, attempt, isDecline) =>
      places.run([{ name: `${uuid}/${client}`, most: rateLimits.declinesPerHourPerAddress }], attempt, isDecline),
  }
}

/** One counter for each limit that is configured somewhere: a limiter has one limit for all its keys. */
function counters(name: string, duration: number): (points: number) => RateLimiterMemory {
  const made = new Map<number, RateLimiterMemory>()
  return (points) => {
    const known = made.get(points) ?? new RateLimiterMemory({ keyPrefix: name, points, duration })
    made.set(points, known)
    return known
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limiter.consume(key)
    return true
  } catch (error) {
    // A refusal: the limiter rejects with what is left, which is not an Error.
    if (error instanceof Error) throw error
    return false
  }
}
