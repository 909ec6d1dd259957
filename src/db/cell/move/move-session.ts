import type pg from 'pg'
import { connectClient } from '../../wire/connection.ts'

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
