import type pg from 'pg'

/**
 * Runs `work` in one transaction of a connection of its own; rolled back when it throws. With `lock`, one process at a time
 * does this named work. For administration and fixtures: payments are written by the engine alone.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  lock?: string,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    if (lock !== undefined) await client.query('select pg_advisory_xact_lock(hashtext($1))', [lock])
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    // Closing the connection ends the transaction, whatever state an error or an outage left it in.
    client.release(true)
    throw error
  }
}
