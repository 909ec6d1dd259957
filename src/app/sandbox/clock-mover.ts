import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { lockClock, setClockDurability } from '../../db/sandbox/sandbox-clock.ts'
import { Unavailable } from '../../engine/command.ts'
import { earlierOf, type Instant, instantFromMillis, laterOf, millisecond, plus } from '../../kernel/instant.ts'
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
 * at its own, so a webhook that an expiry causes, and each retry of it, come in their order and at their time. Where more falls due than it
 * can stop for, what is due until the next stop happens there, still in order and all of it before the move is answered.
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
  const moveTo = async (instant: Instant): Promise<void> => {
    await clock.moveTo(client, instant)
    await onMoved()
  }
  const nextStop = createStops(target)
  await setClockDurability(client, false)
  const patience = createPatience(closing)
  let reached = earlierOf(clock.now(), target)
  for (;;) {
    const due = await runAllDue(sources, reached, patience, closing)
    if (due === undefined || due > target) break
    reached = nextStop(due, clock.now())
    await moveTo(reached)
  }
  await setClockDurability(client, true)
  await moveTo(target)
  // What could not be done at its own time may be possible now that all time has passed.
  await runAllDue(sources, target, createPatience(closing), closing)
}

/** So many due times of one move are each stopped at exactly: more than a sandbox has that only its developer uses. */
const exactStops = 300
/** After them the rest of the way is gone in at most so many stops. */
const coarseStops = 200n

/**
 * Where to stop next, given what is due next and the present time. While others go on selling something new is always due in this very moment, or in
 * half a minute, so that a move which stopped for all of it would never end.
 */
function createStops(target: Instant): (due: Instant, now: Instant) => Instant {
  let count = 0
  let stride = 0n
  return (due, now) => {
    if (++count === exactStops) stride = (target - now) / coarseStops
    return earlierOf(laterOf(due, plus(now, stride)), target)
  }
}

/**
 * Runs what is due by `until`, until nothing of it is left, and answers what is due next. What another process has in hand is waited for; a source
 * that is due but does nothing for any other reason is passed over until time has moved on.
 */
async function runAllDue(
  sources: readonly DueSource[],
  until: Instant,
  patience: Patience,
  closing: AbortSignal,
): Promise<Instant | undefined> {
  const stuck = new Set<DueSource>()
  for (;;) {
    const dues = await duesOf(sources.filter((source) => !stuck.has(source)))
    const ready = dues.filter(({ due }) => due <= until)
    for (const { source } of ready) {
      closing.throwIfAborted()
      if ((await source.runDue(until)) === 0) stuck.add(source)
    }
    if (ready.length === 0 && !(await patience(sources, until))) return dues[0]?.due
  }
}

/** Waits a moment for work that another process has in hand; false when there is none, or it has been waited for long enough. */
type Patience = (sources: readonly DueSource[], until: Instant) => Promise<boolean>

/** A process that was killed holds its work until its lease of a minute is over. For all stops on the way, and once more at the end. */
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

/** Of the sources that have something planned, the earliest first. */
async function duesOf(sources: readonly DueSource[]): Promise<readonly { source: DueSource; due: Instant }[]> {
  const dues = await Promise.all(sources.map(async (source) => ({ source, due: await source.nextDue() })))
  const planned = dues.filter((each): each is { source: DueSource; due: Instant } => each.due !== null)
  // Of two at the same instant the first source stays the first.
  return planned.toSorted((one, other) => Number(one.due - other.due))
}
