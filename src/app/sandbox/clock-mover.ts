import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { lockClock, setClockDurability } from '../../db/sandbox/sandbox-clock.ts'
import { Unavailable } from '../../engine/command.ts'
import { type Instant, instantFromMillis, millisecond, plus } from '../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { asOutage } from '../shared/outage.ts'
import type { DueSource } from './due-source.ts'
import type { SandboxClock } from './sandbox-clock.ts'

export type ClockRefusal = 'in_the_past' | 'too_far'

export type ClockMover = {
  readonly now: () => Instant
  /** Both answer the new time once everything that fell due has happened. Throw `Unavailable`: then a part of it has. */
  readonly advanceBy: (milliseconds: number) => Promise<Result<Instant, ClockRefusal>>
  readonly advanceTo: (instant: Instant) => Promise<Result<Instant, ClockRefusal>>
  /** Ends a move that goes on, after its present step, and takes no other. */
  readonly close: () => void
}

type Parts = {
  readonly clock: SandboxClock
  /** awaited after each step, before what is due at it happens: others may keep the same time; must not reject */
  readonly onMoved?: () => Promise<void>
  /** of two that are due at the same instant, the earlier one here comes first: causes before their effects */
  readonly sources: readonly DueSource[]
  /** a connection of its own, without a statement timeout: it waits for the lock */
  readonly connect: () => Promise<pg.Client>
  /** resolves when no job is running, with the function that lets them run again */
  readonly pauseJobs: () => Promise<() => void>
}

/** Leaves a thousand years for what is counted from the moved time, before the last year that a timestamp can name. */
export const latestInstant: Instant = instantFromMillis(Date.UTC(9000, 0, 1))

/**
 * Moves the sandbox's clock, one move at a time over all processes. It goes from due time to due time and lets each happen
 * at its own, so a webhook that an expiry causes, and each retry of it, come in their order and at their time.
 */
export function createClockMover(parts: Parts): ClockMover {
  const closing = new AbortController()
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (targetFrom: (now: Instant) => Instant): Promise<Result<Instant, ClockRefusal>> => {
    const move = last
      .then(() => moveLocked(parts, targetFrom, closing.signal))
      .catch((error) => Promise.reject(asOutage(error)))
    // Only the order matters to the next one; a failure was told to the caller it belongs to.
    last = move.catch(() => undefined)
    return move
  }
  return {
    now: parts.clock.now,
    advanceBy: (milliseconds) => inTurn((now) => plus(now, BigInt(milliseconds) * millisecond)),
    advanceTo: (instant) => inTurn(() => instant),
    close: () => closing.abort(new Unavailable('the server is shutting down', { retryAfterSeconds: 1 })),
  }
}

async function moveLocked(
  parts: Parts,
  targetFrom: (now: Instant) => Instant,
  closing: AbortSignal,
): Promise<Result<Instant, ClockRefusal>> {
  closing.throwIfAborted()
  const client = await parts.connect()
  try {
    await lockClock(client)
    await parts.clock.refresh()
    const now = parts.clock.now()
    const target = targetFrom(now)
    if (target < now) return refuse('in_the_past')
    if (target > latestInstant) return refuse('too_far')
    const resume = await parts.pauseJobs()
    try {
      await move(parts, client, target, closing)
    } finally {
      resume()
    }
    return ok(parts.clock.now())
  } finally {
    await client.end()
  }
}

async function move(
  { clock, sources, onMoved = async () => undefined }: Parts,
  client: pg.Client,
  target: Instant,
  closing: AbortSignal,
): Promise<void> {
  await setClockDurability(client, false)
  const patience = createPatience(closing)
  await runInOrder(sources, target, patience, async (instant) => {
    closing.throwIfAborted()
    await clock.moveTo(client, instant)
    await onMoved()
  })
  await setClockDurability(client, true)
  await clock.moveTo(client, target)
  await onMoved()
  // What could not be done at its own time may be possible now that all time has passed.
  await runInOrder(sources, target, patience, async () => undefined)
}

/**
 * Runs the earliest due work again and again until none is left at or before `target`. What another process has in hand is waited for; a
 * source that is due but does nothing for any other reason is passed over until time has moved on.
 */
async function runInOrder(
  sources: readonly DueSource[],
  target: Instant,
  patience: Patience,
  moveTo: (instant: Instant) => Promise<void>,
): Promise<void> {
  const stuck = new Set<DueSource>()
  let reached: Instant | undefined
  for (;;) {
    const next = await earliest(sources.filter((source) => !stuck.has(source)))
    const isLast = next === undefined || next.due > target
    // Before time moves on, and before the end: what others have in hand belongs to the time that was reached.
    if (isLast && (await patience(sources, target))) continue
    if (isLast) return
    if ((reached === undefined || next.due > reached) && (await patience(sources, reached ?? next.due))) continue
    if (reached === undefined || next.due > reached) {
      reached = next.due
      await moveTo(reached)
      if (stuck.size > 0) {
        stuck.clear()
        continue
      }
    }
    const done = await next.source.runDue(next.due)
    if (done === 0) stuck.add(next.source)
  }
}

/** Waits a moment for work that another process has in hand; false when there is none, or it has been waited for long enough. */
type Patience = (sources: readonly DueSource[], until: Instant) => Promise<boolean>

/** A process that was killed holds its work until its lease of a minute is over. Of the whole move. */
const longestWaitMs = 65_000
const lookEveryMs = 100

function createPatience(closing: AbortSignal): Patience {
  let waitedMs = 0
  return async (sources, until) => {
    if (waitedMs >= longestWaitMs) return false
    const held = await Promise.all(sources.map((source) => source.isHeldElsewhere?.(until)))
    if (!held.includes(true)) return false
    await pause(lookEveryMs, undefined, { signal: closing }).catch(() => closing.throwIfAborted())
    waitedMs += lookEveryMs
    return true
  }
}

async function earliest(sources: readonly DueSource[]): Promise<{ source: DueSource; due: Instant } | undefined> {
  const dues = await Promise.all(sources.map((source) => source.nextDue()))
  let first: { source: DueSource; due: Instant } | undefined
  for (const [index, due] of dues.entries()) {
    if (due !== null && (first === undefined || due < first.due)) first = { source: sources[index] as DueSource, due }
  }
  return first
}
