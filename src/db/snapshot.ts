import type pg from 'pg'

/** Runs reads that must agree with each other: all of them see the database as it was at the first one. */
export async function inSnapshot<T>(pool: pg.Pool, read: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    // A proof over millions of rows takes longer than any request may.
    await client.query('set local statement_timeout = 0')
    const result = await read(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}
