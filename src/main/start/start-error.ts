import { StampError } from '../../app/shared/database-stamp.ts'
import { EmbeddedError } from '../../db/embedded/embedded.ts'
import { MigrationError } from '../../db/migrate/migrate.ts'
import { type Config, ConfigError } from '../config.ts'

/** Something the operator can mend: one line, no stack. */
export class StartError extends Error {}

const mendable = [ConfigError, EmbeddedError, MigrationError, StampError] as const

/** Turns what the operator can mend into its one line; anything else is a bug and keeps its stack. */
export function explained(error: unknown, config: Config): unknown {
  if (mendable.some((each) => error instanceof each)) return new StartError((error as Error).message, { cause: error })
  const { code, message } = error as { code?: string; message?: string }
  if (code === 'EADDRINUSE') {
    return new StartError(`port ${config.port} is taken by another program: stop it, or set PORT to another one`)
  }
  if (code === 'EACCES') return new StartError(`port ${config.port} may not be used: set PORT to one above 1023`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartError(`HOST ${config.host} is not an address of this machine`)
  }
  if (config.databaseUrl !== undefined && isUnreachable(code, message)) {
    return new StartError(`the database of DATABASE_URL cannot be used: ${message || code}`)
  }
  return error
}

function isUnreachable(code: string | undefined, message = ''): boolean {
  if (code !== undefined) return /^(E[A-Z_]+|08...|28...|3D000|53...|57...)$/.test(code)
  return /timeout|terminated/i.test(message)
}
