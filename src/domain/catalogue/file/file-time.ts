const earliestMs = Date.parse('0001-01-01T00:00:00.000Z')
const latestMs = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Milliseconds since 1970 of a time as a catalogue file writes it. Undefined for a date that does not exist, and outside the years 1
 * to 9999 in UTC (an offset can lead there): no row keeps such a time, and no file could say it again.
 */
export function readFileTime(text: string): number | undefined {
  const ms = Date.parse(text)
  return ms >= earliestMs && ms <= latestMs && isDay(text.slice(0, 10)) ? ms : undefined
}

/** `Date.parse` gives every month 31 days and moves what is too much: 31 April would be 1 May. */
function isDay(day: string): boolean {
  const ms = Date.parse(day)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}
