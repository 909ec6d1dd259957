import type { FastifyBaseLogger } from 'fastify'
import { createSealer } from '../../app/shared/seal.ts'
import { freePort } from '../../db/embedded/server-process.ts'
import { connectPool } from '../../db/wire/connection.ts'
import { setPatience } from '../../kernel/patience.ts'
import { bundles } from '../../web/bundles.ts'
import { startWebBuild } from '../../web/shared/build/web-build.ts'
import { type Config, ConfigError, publicUrlOf } from '../config.ts'
import { prepare, startDatabase } from '../start/prepare-database.ts'
import { explained } from '../start/start-error.ts'
import { tryPort } from '../start/try-port.ts'
import type { Running, StartOptions } from '../start.ts'
import { startWorkers, type Workers } from './start-workers.ts'

/** The embedded database has a hundred connections, and each process may hold eleven. */
const mostBesideEmbedded = 8

const lookEveryMs = 5_000

/** What the process that leads several servers shows of them. */
export type Leading = Pick<Running, 'publicUrl' | 'embedded' | 'stop'> & Pick<Workers, 'renew'>

/**
 * `start` with TERCET_WORKERS processes behind one port: database, migrations and fixtures here, everything else in each of them. Throws StartError as
 * `start` does.
 */
export async function leadWorkers(
  config: Config,
  logger: FastifyBaseLogger,
  { onStage = () => {}, ...options }: StartOptions = {},
): Promise<Leading> {
  setPatience(config.patienceMs)
  const undo: (() => unknown)[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse())
      await Promise.resolve(step()).catch((failure: unknown) =>
        logger.error({ err: failure }, 'could not stop cleanly'),
      )
  }
  try {
    if (config.port !== 0) await tryPort(config.port, config.host)
    if (config.databaseUrl === undefined && config.workers > mostBesideEmbedded)
      throw new ConfigError(
        `TERCET_WORKERS may be ${mostBesideEmbedded} beside the embedded database: more need one of your own`,
      )
    const build = startWebBuild(bundles, logger)
    undo.push(build.close)
    onStage('starting the database')
    const embedded =
      config.databaseUrl === undefined ? await startDatabase(config, logger, options.hopelessAfterMs) : undefined
    if (embedded) undo.push(embedded.stop)
    if (embedded) options.kill?.addEventListener('abort', embedded.abandon)
    const databaseUrl = config.databaseUrl ?? String(embedded?.url)
    onStage('bringing the database up to date')
    const pool = connectPool(databaseUrl, { max: 2 })
    await prepare(config, pool, createSealer(config.secretKey, config.previousSecretKeys)).finally(() => pool.end())
    await build.settled
    onStage('starting the servers')
    const port = config.port === 0 ? await freePort() : config.port
    const workers = await startWorkers({
      count: config.workers,
      isAlone: embedded !== undefined,
      environment: { DATABASE_URL: databaseUrl, PORT: String(port) },
      logger,
    })
    undo.push(() => workers.stop())
    const look = setInterval(() => embedded?.isHopeless() && workers.tellHopeless(), lookEveryMs).unref()
    undo.push(() => clearInterval(look))
    return { publicUrl: publicUrlOf(config, port), embedded, stop, renew: () => workers.renew() }
  } catch (error) {
    await stop()
    throw explained(error, config)
  }
}
