import { CommanderError } from 'commander'
import { StampError } from '../app/shared/database-stamp.ts'
import { EmbeddedError, EmbeddedUnavailable } from '../db/embedded/embedded.ts'
import { MigrationError } from '../db/migrate/migrate.ts'
import { Unavailable } from '../engine/command.ts'
import { ConfigError } from '../main/config.ts'
import { CliError } from './cli-error.ts'
import { exitCodes } from './exit-codes.ts'

/** How a command ended that threw; `line` is undefined when the parser has said all there is to say. */
export type Ending = { readonly exitCode: number; readonly line: string | undefined }

/** One line and an exit code for everything an operator or a later try can mend; undefined for a bug, which keeps its stack. */
export function explain(error: unknown): Ending | undefined {
  if (error instanceof CommanderError) return { exitCode: error.exitCode, line: undefined }
  if (error instanceof CliError) return { exitCode: error.exitCode, line: error.message }
  if (error instanceof ConfigError || error instanceof MigrationError || error instanceof StampError)
    return { exitCode: exitCodes.mistake, line: error.message }
  if (error instanceof EmbeddedUnavailable) return { exitCode: exitCodes.unavailable, line: error.message }
  if (error instanceof EmbeddedError) return { exitCode: exitCodes.mistake, line: error.message }
  if (error instanceof Unavailable)
    return { exitCode: exitCodes.unavailable, line: outageIn(error.cause) ?? error.message }
  const outage = outageIn(error)
  if (outage !== undefined) return { exitCode: exitCodes.unavailable, line: outage }
  const fault = fileFaultIn(error) ?? roleFaultIn(error)
  return fault === undefined ? undefined : { exitCode: exitCodes.mistake, line: fault }
}

/** What the system says of a file or folder that the operator named, by its code. A file that is missing may be a bug of ours. */
const fileFaults: Readonly<Record<string, string>> = {
  EACCES: 'this user may not use it: run as the user who made it',
  EPERM: 'this user may not use it: run as the user who made it',
  EISDIR: 'it is a folder where a file should be: move it away',
  ENOTDIR: 'it is a file where a folder should be: move it away',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: "the disk is full for this user's quota",
}

function fileFaultIn(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('path' in error) || !('code' in error)) return undefined
  const fault = fileFaults[String(error.code)]
  // A file that was to be renamed was opened before: what is in its way is the other one.
  const path = 'dest' in error ? error.dest : error.path
  return fault === undefined ? undefined : `${path} cannot be used: ${fault} (${error.code})`
}

/** SQLSTATE of a role that lacks a right, and of a database that takes no writes (a standby). */
const roleFault = /^(42501|25006)$/

function roleFaultIn(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !roleFault.test(String(error.code))) return undefined
  return `the database does not let its role do this: ${error.message}`
}

/** Names of the system's network errors, and the SQLSTATE classes of a database that cannot be entered or is ending. */
const outageCode =
  /^(ECONN[A-Z]+|EHOST[A-Z]+|ENET[A-Z]+|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|08...|28...|3D000|53...|57...)$/

/** The driver's own words for a connection that did not come up or went away have no code. */
const outageWords =
  /^(timeout expired|timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client (has encountered|was closed))/

/** The embedded server has stopped, and its socket is gone. Of a file that is missing, the call is another one. */
function isMissingSocket(error: Error): boolean {
  return 'code' in error && error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect'
}

function outageIn(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (!outageCode.test(code) && !outageWords.test(error.message) && !isMissingSocket(error)) return undefined
  return `the database cannot be used: ${error.message || code}`
}
