/**
 * What this process has seen of one endpoint lately, and how many messages it may therefore hold for it. Kept in memory:
 * a restart forgets it and learns it again within a few attempts.
 */
export type EndpointHealth = {
  /** messages claimed and not yet recorded */
  held: number
  /** how many may be held: grows with each success, halves with each failure */
  window: number
  /** failures since the last success */
  failures: number
  /** milliseconds, on the monotonic clock: nothing is claimed before */
  pausedUntil: number
  /** smoothed milliseconds of an answer */
  latencyMs: number
  /** when the oldest request under way was begun, or undefined */
  readonly underWay: Set<{ readonly since: number }>
  lastClaimAt: number
}

/** A few at first: how fast an unknown receiver is, and whether it is there at all, is learned from them. */
export const firstWindow = 4

/** More than are sent at once, so that the next ones are at hand when an answer comes. */
const widestWindow = 256

/** Requests to one endpoint at the same time: as many as the client keeps connections. */
export const mostAtOnce = 32

/** An answer that takes longer than this makes an endpoint a slow one. */
const slowMs = 1_000
const slowWindow = 8

/** After so many failures in a row an endpoint is tried only now and then. */
const failuresBeforePause = 3
const firstPauseMs = 100
const longestPauseMs = 5_000

export function isSlow(latencyMs: number): boolean {
  return latencyMs > slowMs
}

export function newHealth(): EndpointHealth {
  return {
    held: 0,
    window: firstWindow,
    failures: 0,
    pausedUntil: 0,
    latencyMs: 0,
    underWay: new Set(),
    lastClaimAt: 0,
  }
}

export function noteSuccess(health: EndpointHealth, latencyMs: number): void {
  health.failures = 0
  health.pausedUntil = 0
  health.latencyMs += (latencyMs - health.latencyMs) / 4
  health.window = Math.min(isSlow(health.latencyMs) ? slowWindow : widestWindow, health.window + 2)
}

export function noteFailure(health: EndpointHealth, latencyMs: number, now: number): void {
  health.failures += 1
  health.latencyMs += (latencyMs - health.latencyMs) / 4
  health.window = Math.max(1, Math.floor(health.window / 2))
  const doublings = health.failures - failuresBeforePause
  if (doublings >= 0) health.pausedUntil = now + Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(doublings, 16))
}

/** Whether it fails, is slow, or has kept a request waiting right now: such endpoints share a budget of their own. */
export function isTroubled(health: EndpointHealth, now: number): boolean {
  if (health.failures > 0 || isSlow(health.latencyMs)) return true
  for (const { since } of health.underWay) return isSlow(now - since) // a set keeps its order: the first is the oldest
  return false
}

/** Whether claimed messages should rather be given back than be sent into a failure that is already known. */
export function isFailing(health: EndpointHealth): boolean {
  return health.failures >= failuresBeforePause
}

/**
 * Whether a claim could gain nothing now: every connection is in use and the next messages are at hand, or the endpoint is
 * paused. Without this each commit of a busy merchant costs a claim of a message or two, half a millisecond for each.
 */
export function isServed({ held, window, pausedUntil }: EndpointHealth, now: number): boolean {
  return pausedUntil > now || (held >= mostAtOnce && held > window / 2)
}

/** How many more messages may be claimed. A paused endpoint takes none, a failing one only a probe. */
export function roomOf(health: EndpointHealth, now: number): number {
  if (health.pausedUntil > now) return 0
  return Math.max(0, health.window - health.held)
}
