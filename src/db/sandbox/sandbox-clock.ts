import type pg from 'pg'

/** Microseconds that the sandbox's clock is ahead of real time; 0 when nobody ever moved it. */
export async function readClockOffset(pool: Pick<pg.Pool, 'query'>): Promise<bigint> {
  const result = await pool.query<{ offset_micros: bigint }>('select offset_micros from sandbox_clock')
  return result.rows[0]?.offset_micros ?? 0n
}

/** Waits until nobody else moves the clock, in any process. The lock is the connection's and ends with it. */
export async function lockClock(client: Pick<pg.Client, 'query'>): Promise<void> {
  await client.query(`select pg_advisory_lock(hashtext('tercet sandbox clock'))`)
}

/**
 * Whether raising the offset waits for the disk, from now on, on this connection. Between two steps of one move it need
 * not: the durable commit of whatever happens at the new time takes the new time along.
 */
export async function setClockDurability(client: Pick<pg.Client, 'query'>, isDurable: boolean): Promise<void> {
  await client.query(`set synchronous_commit = ${isDurable ? 'on' : 'off'}`)
}

/** Raises the offset to at least `offsetMicros` and returns what it now is: it never gets smaller. */
export async function raiseClockOffset(client: Pick<pg.Client, 'query'>, offsetMicros: bigint): Promise<bigint> {
  const result = await client.query<{ offset_micros: bigint }>(
    `insert into sandbox_clock as c (offset_micros) values ($1)
     on conflict (is_only_row) do update set offset_micros = greatest(c.offset_micros, excluded.offset_micros)
     returning offset_micros`,
    [offsetMicros],
  )
  return (result.rows[0] as { offset_micros: bigint }).offset_micros
}
