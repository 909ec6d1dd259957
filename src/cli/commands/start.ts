import { Command } from 'commander'
import { createLogger } from '../../http/logger.ts'
import { readConfig } from '../../main/config.ts'
import { ConfigError } from '../../main/config-error.ts'
import { StartError, start } from '../../main/start.ts'
import { banner } from '../banner.ts'

/** `tercet start`: the server, until Ctrl-C or SIGTERM. */
export function startCommand(): Command {
  return new Command('start')
    .description('Run the server. Without DATABASE_URL it brings its own PostgreSQL.')
    .addHelpText(
      'after',
      `
Examples:
  tercet start                                   the sandbox on http://localhost:8080
  PORT=9000 TERCET_DATA=/tmp/t tercet start      another port and data folder
  DATABASE_URL=postgres://... tercet start       an existing PostgreSQL, 14 or later`,
    )
    .action(runServer)
}

async function runServer(): Promise<void> {
  const stopping = new AbortController()
  // Registered before anything runs, so that a Ctrl-C during the start still stops the database.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())
  try {
    const logger = createLogger({ level: process.env.TERCET_LOG ?? 'warn' })
    const config = readConfig(process.env)
    const running = await start(config, logger)
    if (!stopping.signal.aborted) {
      process.stdout.write(banner(running, config))
      await new Promise((resolve) => stopping.signal.addEventListener('abort', resolve))
    }
    await running.stop()
  } catch (error) {
    if (!(error instanceof StartError) && !(error instanceof ConfigError)) throw error
    process.stderr.write(`tercet: ${error.message}\n`)
    process.exitCode = 1
  }
}
