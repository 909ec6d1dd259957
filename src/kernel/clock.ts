import { type Instant, instantFromMicros } from './instant.ts'

/** Where `now` comes from: real time in live mode, real time plus a stored offset in the sandbox. */
export type Clock = { readonly now: () => Instant }

/** `performance.now()` counts from here. Moved when the system's clock was set, or the machine slept. */
let origin = performance.timeOrigin

/** Milliseconds that the fine clock may differ from the system's before it is taken to be wrong. */
const tolerance = 50

/** The system's time in microseconds, as fine as the platform tells it. Follows the system's clock when that is set. */
export function systemNow(): Instant {
  const wall = Date.now()
  const fine = origin + performance.now()
  if (Math.abs(fine - wall) <= tolerance) return instantFromMicros(BigInt(Math.round(fine * 1000)))
  origin += wall - fine
  return instantFromMicros(BigInt(wall) * 1000n)
}

export const systemClock: Clock = { now: systemNow }
