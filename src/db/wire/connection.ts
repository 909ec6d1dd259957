import pg from 'pg'
import { patienceMs } from '../../kernel/patience.ts'
import { parametersOf } from './connection-url.ts'
import { placedClient } from './placed-client.ts'
import { placedSchemaOf } from './placed-url.ts'
import { typesOnWire } from './types-on-wire.ts'

export { beginWrites } from './connection-url.ts'
export { timestampText } from './types-on-wire.ts'

export type ConnectionOptions = {
  /** Most connections a pool opens. Default 5: reads are short, and the machine has few cores. */
  readonly max?: number
  /** The database ends a statement after this long; 0 is never. Default 3,200 longer than a caller waits, 5,000. */
  readonly statementTimeoutMs?: number
  /** Default 300 shorter than a caller waits, 1,500: a request that meets an absent database is told in time. */
  readonly connectTimeoutMs?: number
  /** An engine's lane: sends statements without waiting for the answers of those before, plans by index. Default false. */
  readonly pipeline?: boolean
  readonly applicationName?: string
  /** Told when an idle connection dies; its next user gets the error as well. */
  readonly onIdleError?: (error: Error) => void
}

/**
 * A pool for reads. Opens nothing before its first query. Each connection's session is in UTC; int8 is read as bigint, timestamptz
 * as Instant, date and json as text. A connection that dies while idle is replaced and never ends the process.
 */
export function connectPool(url: string, options: ConnectionOptions = {}): pg.Pool {
  const { Client, config } = clientOf(url, options)
  const pool = new pg.Pool({ ...config, Client, max: options.max ?? 5, idleTimeoutMillis: 30_000 })
  const told = options.onIdleError ?? ignoreIdleError
  // A pool that is being closed does not mind what becomes of its connections: a database that stops with it may be the quicker one.
  pool.on('error', (error) => (pool.ending ? ignoreIdleError(error) : told(error)))
  pool.on('connect', (client) => client.on('error', ignoreIdleError))
  return pool
}

/** One connected client, for an engine lane or a migration. Rejects when the database does not answer in time. */
export async function connectClient(url: string, options: ConnectionOptions = {}): Promise<pg.Client> {
  const { Client, config } = clientOf(url, options)
  const client = new Client(config)
  client.on('error', options.onIdleError ?? ignoreIdleError)
  await client.connect()
  return client
}

/**
 * The listener that keeps Node from ending the process for an `error` event. Nothing is lost by it: the pool has already
 * dropped the connection, and a running or later query on it fails with the same error.
 */
function ignoreIdleError(_error: Error): void {}

/** The driver's own client, or for a schema that a cluster places one that finds its node. */
function clientOf(url: string, options: ConnectionOptions): { Client: typeof pg.Client; config: pg.ClientConfig } {
  const placed = placedSchemaOf(url)
  if (!placed) return { Client: pg.Client, config: clientConfig(url, options) }
  const { coordinatorUrl, schema } = placed
  return { Client: placedClient(coordinatorUrl, schema), config: clientConfig(coordinatorUrl, options) }
}

function clientConfig(url: string, options: ConnectionOptions): pg.ClientConfig {
  const statementTimeoutMs = options.statementTimeoutMs ?? patienceMs() + 3_200
  return {
    ...parametersOf(url, { isLane: options.pipeline ?? false }),
    types: typesOnWire,
    application_name: options.applicationName ?? 'tercet',
    connectionTimeoutMillis: options.connectTimeoutMs ?? patienceMs() - 300,
    statement_timeout: statementTimeoutMs,
    // For a database that went silent instead of away: the client gives up shortly after the database should have.
    ...(statementTimeoutMs > 0 && { query_timeout: statementTimeoutMs + 500 }),
    pipeline: options.pipeline ?? false,
    keepAlive: true,
  }
}
