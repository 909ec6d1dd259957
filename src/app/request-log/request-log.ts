import { setImmediate as turn } from 'node:timers/promises'
import type pg from 'pg'
import {
  insertRequests,
  type LoggedRequest,
  listRequests,
  type RequestQuery,
  type StoredRequest,
} from '../../db/request-log/request-log.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import { errorCodeOf, redacted } from '../../domain/request-log/redact.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** A request as the server answered it. Bodies are only referred to: what is kept of them is made later. */
export type ServedRequest = Omit<LoggedRequest, 'errorCode' | 'request' | 'response' | 'skipped'> & {
  readonly request: Buffer | null
  readonly response: string | null
}

export type RequestLog = {
  /** Whether one more of this merchant would be kept: asked before anything is made for it. One that would not is counted. */
  readonly hasRoom: (merchantId: MerchantId) => boolean
  /** Keeps it for the next write. Never throws, never waits. */
  readonly take: (served: ServedRequest) => void
  readonly list: (query: RequestQuery) => Promise<readonly StoredRequest[]>
  /** Writes what was taken, and takes nothing more. */
  readonly close: () => Promise<void>
}

export type RequestLogParts = {
  readonly pool: pg.Pool
  readonly onError: (error: unknown) => void
  /** how long requests gather; default 500 */
  readonly gatherMs?: number
  /** requests of one write, of all merchants and of one: what comes beyond is counted and forgotten */
  readonly most?: number
  readonly mostOfOne?: number
}

/** Larger bodies are not read: an order has 1 to 20 kB. */
const longestBody = 32_768
/** Bodies that are read in one go: about a millisecond, so that no request waits longer for it. */
const atOnce = 20

/**
 * What was asked of the APIs, written behind the answers. A quiet shop's requests are all kept. Of a busy one some are: 50 in half a second, which is what
 * writing may cost. While a write goes on longer than that, because the database is busy or away, nothing more is taken.
 */
export function createRequestLog({
  pool,
  onError,
  gatherMs = 500,
  most = 200,
  mostOfOne = 50,
}: RequestLogParts): RequestLog {
  let taken: ServedRequest[] = []
  const counts = new Map<MerchantId, number>()
  const skipped = new Map<MerchantId, number>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let isClosed = false

  function begin(): void {
    timer = undefined
    // The write before goes on: what was taken waits for its end, and what comes meanwhile finds no room.
    if (writing) return
    const batch = taken
    taken = []
    counts.clear()
    writing = write(batch)
      .catch(onError)
      .finally(() => {
        writing = undefined
        if (taken.length > 0) timer ??= setTimeout(begin, gatherMs).unref()
      })
  }

  async function write(batch: readonly ServedRequest[]): Promise<void> {
    const rows: LoggedRequest[] = []
    for (const [index, served] of batch.entries()) {
      if (index % atOnce === atOnce - 1) await turn()
      rows.push(logged(served, skippedOf(served.merchantId)))
    }
    await inTransaction(pool, (client) => insertRequests(client, rows))
  }

  function skippedOf(merchantId: MerchantId): number {
    const count = skipped.get(merchantId) ?? 0
    if (count > 0) skipped.delete(merchantId)
    return count
  }

  return {
    hasRoom: (merchantId) => {
      const count = counts.get(merchantId) ?? 0
      if (!isClosed && taken.length < most && count < mostOfOne) return true
      if (skipped.size < 10_000) skipped.set(merchantId, (skipped.get(merchantId) ?? 0) + 1)
      return false
    },
    take: (served) => {
      taken.push(served)
      counts.set(served.merchantId, (counts.get(served.merchantId) ?? 0) + 1)
      timer ??= setTimeout(begin, gatherMs).unref()
    },
    list: (query) => outageAsUnavailable(listRequests(pool, query)),
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await writing
      if (taken.length > 0) begin()
      await writing
    },
  }
}

function logged({ request, response, ...rest }: ServedRequest, skipped: number): LoggedRequest {
  return {
    ...rest,
    errorCode: rest.status >= 400 && response !== null ? errorCodeOf(response) : null,
    request: request === null ? null : textOf(request.length, () => request.toString('utf8')),
    response: response === null ? null : textOf(response.length, () => response),
    skipped,
  }
}

function textOf(length: number, body: () => string): string | null {
  if (length > longestBody) return `[${length} bytes, too many to be kept]`
  const text = redacted(body())
  // PostgreSQL's text holds neither NUL nor half a surrogate pair.
  return text === '' ? null : text.replaceAll('\0', '').replaceAll('\\u0000', '').toWellFormed()
}
