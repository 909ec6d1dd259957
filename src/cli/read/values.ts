import { InvalidArgumentError } from 'commander'

const percent = /^(\d{1,3})(?:\.(\d{1,4}))? ?%?$/

/** Parts per million of `2.9` or `2.9%`: 29,000. Read from the digits, never through a binary float. */
export function readPercent(text: string): number {
  const match = percent.exec(text)
  const ppm = match ? Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0')) : Number.NaN
  if (ppm <= 1_000_000) return ppm
  throw new InvalidArgumentError('It must be a percentage from 0 to 100 with at most four decimals, like 2.9.')
}

/** How many rows to show. */
export function readLimit(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= 1000) return limit
  throw new InvalidArgumentError('It must be a whole number from 1 to 1000.')
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Ids of webhook endpoints and deliveries. */
export function readId(text: string): string {
  if (uuid.test(text)) return text.toLowerCase()
  throw new InvalidArgumentError('It must be an id like 0197f3c2-5d1e-7c44-9a53-0d8f2f3b9c11.')
}

/** `yes` or `no`. */
export function readSwitch(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes'
  throw new InvalidArgumentError('It must be yes or no.')
}
