import { createHash } from 'node:crypto'
import { type Instant, plus, second } from '../../kernel/instant.ts'

/** The first attempt and thirteen retries: the nominal waits between them add up to exactly three days. */
export const mostAttempts = 14

/** A wait is up to this part of itself shorter or longer, so that an outage does not end in one great wave. */
const jitter = 0.1

const firstWait = 10n * second

/** 12 h 34 min 40 s: what is left of three days after the eight waits that triple, in five equal parts. */
const longestWait = 45_280n * second

/** Nominal wait after the attempt of that number (from 1): 10 s, 30 s, 90 s, ... about two hours, six hours, then 12.6 hours. */
export function nominalWait(attempt: number): bigint {
  const wait = firstWait * 3n ** BigInt(attempt - 1)
  return wait < longestWait ? wait : longestWait
}

/**
 * When a message is tried again after the attempt of that number (from 1) failed at `failedAt`; null when that was the
 * last one and the message is dead. The jitter comes from the message's id alone, so the schedule is a fact that can be
 * computed beforehand.
 */
export function nextAttemptAt(messageId: string, attempt: number, failedAt: Instant): Instant | null {
  if (attempt >= mostAttempts) return null
  const spread = (fractionOf(messageId, attempt) * 2 - 1) * jitter
  const millionths = BigInt(Math.round(spread * 1_000_000))
  return plus(failedAt, (nominalWait(attempt) * (1_000_000n + millionths)) / 1_000_000n)
}

/** A number from 0 to 1 that looks random and is always the same. */
function fractionOf(messageId: string, attempt: number): number {
  return createHash('sha256').update(`${messageId}:${attempt}`).digest().readUInt32BE(0) / 0xffffffff
}
