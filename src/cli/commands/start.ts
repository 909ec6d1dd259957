import type { Command } from 'commander'
import { banner } from '../banner.ts'
import { CliError } from '../cli-error.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { emit, type OutputOptions } from '../print/print.ts'
import { createStages } from '../print/stages.ts'

/** `tercet start`: the server, until Ctrl-C or SIGTERM. */
export function addStart(program: Command, io: Io): void {
  program
    .command('start')
    .description('run the server; without DATABASE_URL it brings its own PostgreSQL')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Examples:
  tercet start                                   the sandbox on http://localhost:8080
  PORT=9000 TERCET_DATA=/tmp/t tercet start      another port and data folder
  DATABASE_URL=postgres://... tercet start       an existing PostgreSQL, 14 or later
  tercet start --json                            one line of JSON once it is ready: url, mode, data`,
    )
    .action((options: OutputOptions) => runServer(io, options))
}

async function runServer(io: Io, options: OutputOptions): Promise<void> {
  // Asked for before anything runs, so that a Ctrl-C during the start still stops the database.
  const { stop, kill, hasFailed } = io.serve()
  // The server is most of the program: the other commands start in half the time without it.
  const [{ openLogOutput }, { createLogger }, { readConfig }, { StartError, start }] = await Promise.all([
    import('../../http/log-output.ts'),
    import('../../http/logger.ts'),
    import('../../main/config.ts'),
    import('../../main/start.ts'),
  ])
  try {
    const config = readConfig(io.env)
    const log = openLogOutput()
    const logger = createLogger({ level: config.logLevel, destination: log })
    const stages = createStages(options.json ? { ...io, out: () => undefined } : io)
    const startOptions = { kill, droppedLogLines: log.droppedLines, onStage: stages.onStage }
    const running = await start(config, logger, startOptions).finally(stages.end)
    if (!stop.aborted) {
      if (options.json) emit(io, { url: running.publicUrl, mode: config.mode, data: running.embedded?.files ?? null })
      else io.out(banner(running, config))
      await new Promise((resolve) => stop.addEventListener('abort', resolve))
    }
    await running.stop()
    await log.flush()
    if (hasFailed()) throw new CliError('stopped after an unexpected error')
  } catch (error) {
    if (error instanceof StartError) throw new CliError(error.message, undefined, { cause: error })
    throw error
  }
}
