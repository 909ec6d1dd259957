import type pg from 'pg'
import { connectClient } from '../../../src/db/wire/connection.ts'

/** Before: the database never hears of the commit. After: it commits, and its answer is lost on the way. */
export type Cut = 'before' | 'after'

export type CutConnect = {
  readonly connect: () => Promise<pg.Client>
  /** commits that were asked for so far */
  readonly commits: () => number
  readonly wasCut: () => boolean
}

/**
 * Connections that die at the given commit, counted from 1 over all of them, and work again afterwards. Nothing in the
 * program knows of it: the client's own `query` is wrapped.
 */
export function cutAtCommit(url: string, nth: number, cut: Cut, onCut: () => void = () => {}): CutConnect {
  let commits = 0
  let wasCut = false
  const connect = async () => {
    const client = await connectClient(url, { pipeline: true })
    const query = client.query.bind(client) as (...words: unknown[]) => unknown
    const cutting = (...words: unknown[]): unknown => {
      if (words[0] !== 'commit' || ++commits !== nth) return query(...words)
      wasCut = true
      onCut()
      return cut === 'before' ? loseBefore(client) : loseAfter(client, query)
    }
    Object.assign(client, { query: cutting })
    return client
  }
  return { connect, commits: () => commits, wasCut: () => wasCut }
}

/** What a connection that broke says: no SQLSTATE, since it does not come from the database. */
function lost(): Error {
  return Object.assign(new Error('the connection was cut by the test'), { code: 'ECONNRESET' })
}

async function loseBefore(client: pg.Client): Promise<never> {
  await client.end()
  throw lost()
}

async function loseAfter(client: pg.Client, query: (...words: unknown[]) => unknown): Promise<never> {
  await query('commit')
  await client.end()
  throw lost()
}
