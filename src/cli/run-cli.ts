import { exitCodes } from './exit-codes.ts'
import { explain } from './explain.ts'
import type { Io } from './io.ts'
import { tell } from './print/print.ts'
import { createProgram } from './program.ts'

/** Runs one command line (without the names of node and the program) and answers its exit code. A bug throws. */
export async function runCli(words: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(io).parseAsync(words, { from: 'user' })
    return exitCodes.ok
  } catch (error) {
    const ending = explain(error)
    if (!ending) throw error
    if (ending.line !== undefined) tell(io, ending.line)
    return ending.exitCode
  }
}
