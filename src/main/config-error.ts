/** A value of the environment that cannot be used. The message is one line: the variable, and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
