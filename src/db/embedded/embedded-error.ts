/** The embedded PostgreSQL cannot be started. The message is one line for the operator. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError'
}
