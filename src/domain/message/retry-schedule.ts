import { hour, type Instant, minute, plus, second } from '../../kernel/instant.ts'

/** After each try that was refused for now. About a day in all: a mail server that is away for longer is looked after by people. */
const waits = [30n * second, 2n * minute, 10n * minute, hour, 6n * hour, 18n * hour]

/** When to try again after `attempts` tries; null when it is given up, or would come too late to be of use. */
export function nextTry(attempts: number, now: Instant, usefulUntil: Instant | null): Instant | null {
  const wait = waits[attempts - 1]
  if (wait === undefined) return null
  const at = plus(now, wait)
  return usefulUntil !== null && at > usefulUntil ? null : at
}
