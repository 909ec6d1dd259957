import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { Refused } from './route.ts'

/** The answer of a route that sends a file. */
export const csvSchema = Type.Unsafe<Readable>({ type: 'string', description: 'CSV (RFC 4180), UTF-8.' })

/**
 * One row. A spreadsheet would run a cell that begins like a formula, and an order's reference is whatever a stranger typed: such a cell
 * begins with an apostrophe, as OWASP recommends.
 */
export function csvRow(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => cellOf(cell ?? '')).join(',')}\r\n`
}

function cellOf(text: string): string {
  const harmless = /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Sends a file while it is read: no more of it is in memory than its reader is behind. The mark at its start tells Excel that it is UTF-8. */
export function sendCsv(
  reply: FastifyReply,
  name: string,
  head: readonly string[],
  pages: AsyncIterable<readonly (readonly (string | null)[])[]>,
): Readable {
  reply.headers({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  })
  return Readable.from(textOf(head, pages), { objectMode: false, highWaterMark: 65_536 })
}

/** Each walks through everything a shop has: as many at once as leave the database time for payments. */
const mostExports = 3

/** Makes a file, unless as many as may be are being made: then throws `Refused`. */
export type Exports = (begin: () => Promise<Readable>) => Promise<Readable>

export function createExports(): Exports {
  let running = 0
  return async (begin) => {
    if (running >= mostExports)
      throw new Refused(429, 'busy', 'Other exports are being made. Try again in a minute.', {
        retryAfterSeconds: 60,
      })
    running++
    try {
      return (await begin()).once('close', () => running--)
    } catch (error) {
      running--
      throw error
    }
  }
}

async function* textOf(
  head: readonly string[],
  pages: AsyncIterable<readonly (readonly (string | null)[])[]>,
): AsyncIterable<string> {
  yield `\ufeff${csvRow(head)}`
  for await (const rows of pages) if (rows.length > 0) yield rows.map(csvRow).join('')
}
