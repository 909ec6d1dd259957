import { type Instant, instantFromMicros } from './instant.ts'

/** Where `now` comes from: real time in live mode, real time plus a stored offset in the sandbox. */
export type Clock = { readonly now: () => Instant }

/** The system's time in microseconds, as fine as the platform tells it. */
export function systemNow(): Instant {
  return instantFromMicros(BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)))
}

export const systemClock: Clock = { now: systemNow }
