import cluster from 'node:cluster'
import type { Command } from 'commander'
import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../../main/config.ts'
import type { Running, start } from '../../main/start.ts'
import type { Leading } from '../../main/workers/lead.ts'
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
  const [
    { openLogOutput },
    { createLogger },
    { certainOutage },
    { readConfig },
    { StartError },
    { misspeltSettings },
    { sayChains },
  ] = await Promise.all([
    import('../../http/log-output.ts'),
    import('../../http/logger.ts'),
    import('../../app/shared/outage.ts'),
    import('../../main/config.ts'),
    import('../../main/start/start-error.ts'),
    import('../../main/start/misspelt-settings.ts'),
    import('../../main/chains/say-chains.ts'),
  ])
  try {
    const config = readConfig(io.env)
    const log = openLogOutput()
    const logger = createLogger({ level: config.logLevel, destination: log, asKnown: certainOutage })
    // Workers have the environment of their leader, which has said it.
    for (const { name, meant } of cluster.isPrimary ? misspeltSettings(io.env) : [])
      logger.warn(`${name} is not a setting and changes nothing: ${meant} is one`)
    const stages = createStages(options.json ? { ...io, out: () => undefined } : io)
    const startOptions = { kill, droppedLogLines: log.droppedLines, onStage: stages.onStage }
    // Beside the start: it asks a program that takes a moment to answer.
    const chains = config.mode === 'sandbox' ? sayChains(config) : Promise.resolve(undefined)
    const running = await startOrLead(config, logger, startOptions).finally(stages.end)
    if (!stop.aborted) {
      if ('renew' in running) renewAtHangUp(running, logger)
      // A worker's leader speaks for it.
      if (cluster.isPrimary) await announce(io, options, running, config, chains)
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

/** One server in this process, or the leader of several. A worker is one that was started by a leader. */
async function startOrLead(...words: Parameters<typeof start>): Promise<Started> {
  const [{ workers }] = words
  if (workers > 1 && cluster.isPrimary) return await (await import('../../main/workers/lead.ts')).leadWorkers(...words)
  return await (await import('../../main/start.ts')).start(...words)
}

type Started = Pick<Running, 'publicUrl' | 'embedded' | 'stop'> | Leading

function renewAtHangUp({ renew }: Leading, logger: FastifyBaseLogger): void {
  process.on('SIGHUP', () => {
    renew().catch((error: unknown) => logger.error({ err: error }, 'the workers could not all be replaced'))
  })
}

async function announce(
  io: Io,
  options: OutputOptions,
  running: Started,
  config: Config,
  chains: Promise<string | undefined>,
): Promise<void> {
  if (options.json) emit(io, { url: running.publicUrl, mode: config.mode, data: running.embedded?.files ?? null })
  else io.out(banner(running, config, await chains))
}
