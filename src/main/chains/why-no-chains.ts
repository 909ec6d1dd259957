import { whyNoAnvil } from '../../rails/evm/local/anvil.ts'
import type { Config } from '../config.ts'

/**
 * Why the sandbox's own chains do not start with this server, in one line; undefined when they do. Beside a database of one's own other servers may
 * work: each would have chains of its own and tell the others to pay on them.
 */
export async function whyNoChains({ databaseUrl }: Pick<Config, 'databaseUrl'>): Promise<string | undefined> {
  if (databaseUrl !== undefined) return 'none beside the PostgreSQL of DATABASE_URL, which other servers may share'
  const reason = await whyNoAnvil()
  return reason && `cannot run here (${reason}); all else works`
}
