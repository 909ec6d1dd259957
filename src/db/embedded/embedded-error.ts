/** The embedded PostgreSQL cannot be started. The message is one line for the operator, who can mend it. */
export class EmbeddedError extends Error {
  override readonly name: string = 'EmbeddedError'
}

/** What stands in the way may pass by itself: the same again may work later. */
export class EmbeddedUnavailable extends EmbeddedError {
  override readonly name = 'EmbeddedUnavailable'
}
