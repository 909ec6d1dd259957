/** Date, time, and an offset; without one it is UTC. */
const dateTime = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/i

/**
 * `2022-05-22T18:58:04+01:00` is `2022-05-22 17:58:04`: the time in UTC, as payments show it (kupay.md 3). Undefined for what is
 * no such text, or no such time.
 */
export function utcTextOf(value: unknown): string | undefined {
  const match = typeof value === 'string' ? dateTime.exec(value) : null
  if (!match) return undefined
  const [, year, month, day, hour, minute, second = '00', offset = 'Z'] = match
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}${offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2').toUpperCase()}`
  const at = new Date(iso)
  // A day that the month does not have would silently be another.
  const isReal = new Date(`${year}-${month}-${day}T00:00:00Z`).toISOString().slice(8, 10) === day
  return Number.isNaN(at.getTime()) || !isReal ? undefined : textOf(at)
}

/** A point in time in the same form. */
export function textOf(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ')
}
