import { InvalidArgumentError } from 'commander'

const unitMs: Readonly<Record<string, number>> = {
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
}

const duration = /^(?:(\d{1,12})w)?(?:(\d{1,12})d)?(?:(\d{1,12})h)?(?:(\d{1,12})m)?(?:(\d{1,12})s)?(?:(\d{1,15})ms)?$/

/**
 * Milliseconds of `5d`, `40m` or `1h30m`: weeks, days, hours, minutes, seconds, milliseconds, in this order and each at
 * most once. Undefined for anything else, and for more than a number holds exactly.
 */
export function parseDuration(text: string): number | undefined {
  const match = duration.exec(text)
  if (!match || text === '') return undefined
  const milliseconds = Object.values(unitMs).reduce((sum, size, at) => sum + Number(match[at + 1] ?? 0) * size, 0)
  return Number.isSafeInteger(milliseconds) ? milliseconds : undefined
}

/** For an option or argument; the message follows the parser's own "is invalid". */
export function readDuration(text: string): number {
  const milliseconds = parseDuration(text)
  if (milliseconds !== undefined) return milliseconds
  throw new InvalidArgumentError('It must be a duration like 5d, 40m or 1h30m.')
}
