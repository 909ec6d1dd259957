/** Under two seconds, so that an absent database is told in time. */
export const usualPatienceMs = 1_800

let current: number = usualPatienceMs

/**
 * How long a caller waits for the database at most, in milliseconds: then it is told that the database did not answer, and asks again. One for the whole
 * process, since the engine, reads and connections must agree about it.
 */
export function patienceMs(): number {
  return current
}

/** Set once at the start, before anything connects. */
export function setPatience(milliseconds: number): void {
  current = milliseconds
}
