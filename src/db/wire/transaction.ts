import type pg from 'pg'
import type { Result } from '../../kernel/result.ts'

type Work<T> = (client: pg.PoolClient) => Promise<T>

/**
 * Runs `work` in one transaction of a connection of its own; rolled back when it throws. With `lock`, one process at a time
 * does this named work. For administration and fixtures: payments are written by the engine alone.
 */
export async function inTransaction<T>(pool: pg.Pool, work: Work<T>, lock?: string): Promise<T> {
  return await transact(pool, 'begin', async (client) => {
    if (lock !== undefined) await client.query('select pg_advisory_xact_lock(hashtext($1))', [lock])
    return await work(client)
  })
}

/** The same, kept only when it came out well, and never with `isDryRun`: a refusal keeps nothing. */
export async function keepIfOk<T, Reason>(
  pool: pg.Pool,
  work: Work<Result<T, Reason>>,
  { isDryRun = false }: { readonly isDryRun?: boolean } = {},
): Promise<Result<T, Reason>> {
  return await transact(pool, 'begin', work, (result) => result.ok && !isDryRun)
}

/** Runs reads that must agree with each other: all of them see the database as it was at the first one. */
export async function inSnapshot<T>(pool: pg.Pool, read: Work<T>): Promise<T> {
  return await transact(pool, 'begin isolation level repeatable read read only', async (client) => {
    // A proof over millions of rows takes longer than any request may.
    await client.query('set local statement_timeout = 0')
    return await read(client)
  })
}

async function transact<T>(
  pool: pg.Pool,
  begin: string,
  work: Work<T>,
  isKept: (result: T) => boolean = () => true,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(begin)
    const result = await work(client)
    await client.query(isKept(result) ? 'commit' : 'rollback')
    client.release()
    return result
  } catch (error) {
    // Closing the connection ends the transaction, whatever state an error or an outage left it in.
    client.release(true)
    throw error
  }
}
