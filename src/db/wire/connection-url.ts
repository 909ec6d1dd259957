import type { ClientConfig } from 'pg'

const session = '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres -c extra_float_digits=1'

/**
 * Every statement of a batch finds its rows by primary key, and its plan is kept for as long as the connection lives or until
 * the table is analysed again. A plan made while the table was small reads all of it: measured with 300,000 payments after
 * 60, a batch took 280 ms instead of 3. So a lane may only walk indexes.
 * Outside `beginWrites` it may not write at all: a batch is sent in one piece, and should the opening of its transaction be
 * the statement that fails (cancelled, or out of time), each of the others would otherwise be committed by itself.
 */
const lane =
  '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off -c default_transaction_read_only=on'

/** Opens a lane's transaction, whatever a database's own defaults are. */
export const beginWrites = 'begin isolation level read committed read write'

/**
 * A connection URL with our session settings. They go into the start-up message, so they cost no round trip. The driver lets a URL's
 * own `options` replace all others, so the two are joined here, ours last: the parsers rely on them.
 */
export function parametersOf(url: string, { isLane = false } = {}): ClientConfig {
  const parsed = new URL(url)
  const own = parsed.searchParams.get('options')
  const settings = [...(own ? [own] : []), session, ...(isLane ? [lane] : [])]
  parsed.searchParams.set('options', settings.join(' '))
  // The driver reads %20, not the + that URLSearchParams writes for a blank.
  parsed.search = parsed.search.replaceAll('+', '%20')
  return { connectionString: parsed.href }
}
