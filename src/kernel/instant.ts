import type { Brand } from './brand.ts'

/** A point in time: microseconds since 1970 in UTC, the resolution PostgreSQL keeps. */
export type Instant = Brand<bigint, 'Instant'>

export const microsecond = 1n
export const millisecond = 1_000n
export const second = 1_000_000n
export const minute = 60n * second
export const hour = 60n * minute
export const day = 24n * hour

export function instantFromMicros(micros: bigint): Instant {
  return micros as Instant
}

export function instantFromMillis(millis: number): Instant {
  return (BigInt(Math.trunc(millis)) * millisecond) as Instant
}

/** Whole milliseconds since 1970, the rest cut off: what `Date` and every wire format here can hold. */
export function millisOf(instant: Instant): number {
  return Number(instant / millisecond)
}

/** `2024-11-08T13:06:17.858Z`: ISO 8601 in UTC with milliseconds. */
export function isoOf(instant: Instant): string {
  return new Date(millisOf(instant)).toISOString()
}

export function plus(instant: Instant, duration: bigint): Instant {
  return (instant + duration) as Instant
}

export function earlierOf(one: Instant, other: Instant): Instant {
  return one < other ? one : other
}

/** The earlier of two that may be never, which is null. */
export function soonerOf(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || other === null ? (one ?? other) : earlierOf(one, other)
}

export function laterOf(one: Instant, other: Instant): Instant {
  return one > other ? one : other
}

/** The first full hour after it: when what is done once an hour is due. */
export function nextFullHour(instant: Instant): Instant {
  return ((instant / hour + 1n) * hour) as Instant
}
