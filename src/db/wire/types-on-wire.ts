import pg, { type CustomTypesConfig } from 'pg'
import { assert } from '../../kernel/assert.ts'
import { type Instant, instantFromMicros } from '../../kernel/instant.ts'

type Parser = (text: string) => unknown

const textArrayOid: number = 1009
const textArray: (text: string) => (string | null)[] = pg.types.getTypeParser(textArrayOid)

/** By the OID of PostgreSQL's catalogue pg_type, which never changes for built-in types. */
const parsers = new Map<number, Parser>([
  [20, BigInt],
  [1016, arrayOf(BigInt)],
  [1184, parseTimestamptz],
  [1185, arrayOf(parseTimestamptz)],
  [1082, String], // date: a calendar day has no time zone, so it is not a Date
  [1182, arrayOf(String)],
  [1114, String], // timestamp without time zone: no point in time
  [1115, arrayOf(String)],
  [114, String], // json keeps the merchant's own text, byte for byte; jsonb is parsed
  [199, arrayOf(String)],
  [1231, arrayOf(String)], // numeric[]: as text, like numeric itself
])

/** The `types` of one client, so that no other user of the driver in the process is touched. */
export const typesOnWire: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format),
}

const timestamptz = /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/

/** PostgreSQL's ISO text of a timestamptz, to the microsecond. Throws on infinity and years before 1: no row of ours holds one. */
export function parseTimestamptz(text: string): Instant {
  const match = timestamptz.exec(text)
  if (!match) throw new Error(`no point in time: ${JSON.stringify(text)}`)
  const [, year, month, day, hours, minutes, seconds, fraction = '', sign, offHours, offMinutes = 0, offSeconds = 0] =
    match
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  const inDay = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  const offset = Number(offHours) * 3600 + Number(offMinutes) * 60 + Number(offSeconds)
  const epochSeconds = date.getTime() / 1000 + inDay - (sign === '-' ? -offset : offset)
  return instantFromMicros(BigInt(epochSeconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0')))
}

/** `2024-11-08T13:06:17.858123Z`: a parameter for a timestamptz, exact to the microsecond. For the years 1 to 9999. */
export function timestampText(instant: Instant): string {
  const micros = ((instant % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = (instant - micros) / 1_000_000n
  assert(seconds >= -62_135_596_800n && seconds < 253_402_300_800n, 'a point in time of the years 1 to 9999')
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 20)}${micros.toString().padStart(6, '0')}Z`
}

function arrayOf(parse: Parser): Parser {
  return (text) => textArray(text).map((entry) => (entry === null ? null : parse(entry)))
}
