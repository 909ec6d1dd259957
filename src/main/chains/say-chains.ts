import { chainRail } from '../../rails/index.ts'
import type { Config } from '../config.ts'

/**
 * What becomes of the sandbox's own chains, in one line. Beside a database of one's own other servers may work: each would have chains of its own and
 * tell the others to pay on them.
 */
export async function sayChains({
  databaseUrl,
  anvilProgram,
}: Pick<Config, 'databaseUrl' | 'anvilProgram'>): Promise<string> {
  if (databaseUrl !== undefined) return 'none beside the PostgreSQL of DATABASE_URL, which other servers may share'
  const reason = await chainRail.whyNoLocalChain(anvilProgram)
  const all = 'KCC (321) and BSC (56)'
  if (reason === undefined) return `${all} start in a moment`
  return `${all} in memory, for the demo wallet alone: real ones cannot run here (${reason})`
}
