import type { Pool, PoolClient } from 'pg'
import type { Result } from '../kernel/result.ts'

/** Runs `work` in one transaction. Commits what came out well, unless nothing shall be kept; a refusal or an error keeps nothing. */
export async function keepIfOk<T, Reason>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result<T, Reason>>,
  { isDryRun = false }: { readonly isDryRun?: boolean } = {},
): Promise<Result<T, Reason>> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query(result.ok && !isDryRun ? 'commit' : 'rollback')
    return result
  } catch (error) {
    // The connection is thrown away with its open transaction, so nothing of it can be kept.
    broken = error instanceof Error ? error : new Error('a statement failed', { cause: error })
    throw error
  } finally {
    client.release(broken)
  }
}
