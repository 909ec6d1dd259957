import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import { refuseOtherMode, stampDatabase } from '../../app/shared/database-stamp.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import { type Embedded, startEmbedded } from '../../db/embedded/embedded.ts'
import { listFixtureMerchants } from '../../db/merchant/merchants.ts'
import { migrate } from '../../db/migrate/migrate.ts'
import { connectClient } from '../../db/wire/connection.ts'
import type { Config } from '../config.ts'
import { addFixtures } from '../fixtures.ts'
import { StartError } from './start-error.ts'

/** The PostgreSQL that this program brings. */
export function startDatabase(config: Config, logger: FastifyBaseLogger, hopelessAfterMs?: number): Promise<Embedded> {
  return startEmbedded({
    folder: config.dataFolder,
    ...(hopelessAfterMs !== undefined && { hopelessAfterMs }),
    onEnded: () => logger.error('the embedded database ended and is started again'),
    onFailure: (error, againAfterMs) =>
      logger.error({ err: error, againAfterMs }, 'the embedded database could not be started and is tried again'),
  })
}

/** Brings the first cell up to date, with the sandbox's merchants in it. */
export async function prepare(config: Config, pool: pg.Pool, sealer: Sealer): Promise<void> {
  const client = await pool.connect()
  try {
    await bringUpToDate(config, client)
  } finally {
    client.release()
  }
  if (config.mode === 'sandbox') await addFixtures(pool, sealer)
}

/** A cell of the list is a database like the first, but that nobody needs the sandbox's merchants twice. The URL is the one where its tables are changed. */
export async function prepareCell(config: Config, tablesUrl: string): Promise<void> {
  const client = await connectClient(tablesUrl)
  try {
    await bringUpToDate(config, client)
  } finally {
    await client.end()
  }
}

async function bringUpToDate(config: Config, client: pg.ClientBase): Promise<void> {
  await refuseOtherMode(client, config.mode)
  await migrate(client)
  await stampDatabase(client, config)
  if (config.mode === 'live') await refuseFixtures(client)
}

/** Keys that everybody knows must never open a database with real money in it, whatever its stamp says. */
async function refuseFixtures(client: pg.ClientBase): Promise<void> {
  const names = await listFixtureMerchants(client)
  if (names.length === 0) return
  throw new StartError(
    `this database holds sandbox merchants (${names.join(', ')}): live mode needs a database of its own`,
  )
}
