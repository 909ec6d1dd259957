import type { ClientConfig } from 'pg'

const session = '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres -c extra_float_digits=1'

/**
 * A connection URL with our session settings. They go into the start-up message, so they cost no round trip. The driver lets a URL's
 * own `options` replace all others, so the two are joined here, ours last: the parsers rely on them.
 */
export function parametersOf(url: string): ClientConfig {
  const parsed = new URL(url)
  const own = parsed.searchParams.get('options')
  parsed.searchParams.set('options', own ? `${own} ${session}` : session)
  // The driver reads %20, not the + that URLSearchParams writes for a blank.
  parsed.search = parsed.search.replaceAll('+', '%20')
  return { connectionString: parsed.href }
}
