import type pg from 'pg'
import { handOnSettings } from '../../wire/cluster.ts'
import { connectClient } from '../../wire/connection.ts'
import { placedSchemaOf } from '../../wire/placed-url.ts'

/**
 * A connection to a cell for copying: its statements take as long as they take, wait for a lock no longer than a moment, and write every value
 * as the same text in every database.
 */
export async function connectForMove(url: string): Promise<pg.Client> {
  const client = await connectClient(url, { statementTimeoutMs: 0, applicationName: 'tercet-move' })
  await client.query(`set bytea_output = hex`)
  await client.query(`set lock_timeout = ${lockTimeoutMs}`)
  return client
}

/** A connection for changes of the cell's tables; `client` itself, unless a cluster places the cell: there the coordinator alone makes them. */
export async function connectForTables(url: string, client: pg.Client): Promise<pg.Client> {
  const placed = placedSchemaOf(url)
  if (!placed) return client
  const tables = await connectForMove(placed.coordinatorUrl)
  await handOnSettings(tables)
  return tables
}

/** Whoever waits for a lock of its own behind this one waits no longer either. */
const lockTimeoutMs = 300

/** Runs `work` in a transaction of this connection. */
export async function transact<T>(client: pg.Client, work: () => Promise<T>, begin = 'begin'): Promise<T> {
  await client.query(begin)
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    // The connection may be gone, and the transaction with it: the first error is the cause.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** A transaction that waits for a lock no longer than a moment, also on the node of a cluster that the change is handed on to. */
export async function changeTable(tables: pg.Client, change: () => Promise<void>): Promise<void> {
  await transact(tables, async () => {
    await tables.query(`set local lock_timeout = ${lockTimeoutMs}`)
    await change()
  })
}

const moveLock = `hashtext('tercet move a merchant')`

/** One process at a time moves merchants, until its connection ends. False: another does. */
export async function takeMoveLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${moveLock}) as taken`)
  return rows[0]?.taken ?? false
}

/** Longer than a job needs to open a merchant, and the database to notice that a mover is gone; shorter than a move. */
const moveLockTimeoutMs = 2_000

/** The same for whoever may wait for somebody who holds it for a moment. */
export async function waitForMoveLock(client: pg.Client): Promise<boolean> {
  await client.query(`set lock_timeout = ${moveLockTimeoutMs}`)
  try {
    await client.query(`select pg_advisory_lock(${moveLock})`)
  } catch (error) {
    if (isLockTimeout(error)) return false
    throw error
  }
  await client.query(`set lock_timeout = ${lockTimeoutMs}`)
  return true
}

/** Whether a statement gave up waiting for a lock, or was chosen to end a deadlock: it may be sent again. */
export function isLockTimeout(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === '55P03' || code === '40P01'
}
