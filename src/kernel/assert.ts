/** A broken promise of the code to itself. */
export class AssertionError extends Error {
  constructor(message: string) {
    super(`assertion failed: ${message}`)
    this.name = 'AssertionError'
  }
}

/** Stops the program's current work when a promise the code makes to itself is broken: a bug, never a user's mistake. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message)
}

/** The end of a complete `switch`: does not compile while a case is missing. Printed without Node's help, for browsers run this too. */
export function unreachable(value: never): never {
  throw new Error(
    `unreachable: ${JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? `${each}n` : each))}`,
  )
}
