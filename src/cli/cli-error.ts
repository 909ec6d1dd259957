import { exitCodes } from './exit-codes.ts'

/** Ends a command with one line for the operator and an exit code; there is no stack to see. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: number

  constructor(message: string, exitCode: number = exitCodes.mistake, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}
