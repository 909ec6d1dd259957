import type pg from 'pg'

/** A connection whose statements can leave together. */
export type Pipeline = Pick<pg.Client, 'query' | 'connection'>

/**
 * Runs `send`, and lets everything it sends down the connection leave in one piece: each write by itself would be a system
 * call, a packet, and a wake-up of the server's process.
 */
export function together<T>({ connection }: Pipeline, send: () => T): T {
  connection.stream.cork()
  try {
    return send()
  } finally {
    connection.stream.uncork()
  }
}
