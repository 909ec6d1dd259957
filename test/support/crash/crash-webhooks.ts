import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'

/** One request that reached the shop. */
export type Arrival = {
  readonly id: string
  readonly sequence: number
  readonly token: string
  readonly reference: string
  readonly status: string
  readonly body: string
  readonly headers: IncomingHttpHeaders
  /** the status it was answered with; null when it was held until its sender died */
  answered: number | null
}

/** What the shop does with a request: a status, then something once the answer has left, or `hold`, and no answer ever. */
export type Reaction = { readonly status: number; readonly afterwards?: () => void } | 'hold'

export type Shop = {
  readonly url: string
  readonly arrivals: Arrival[]
  react: (arrival: Arrival) => Reaction
  readonly close: () => Promise<void>
}

/** A shop's server that remembers every request, in the order in which they came. */
export async function startShop(): Promise<Shop> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    // A sender that dies in the middle of its request has delivered nothing.
    const isWhole = await request
      .forEach((chunk) => void chunks.push(chunk))
      .then(
        () => true,
        () => false,
      )
    if (!isWhole) return
    const arrival = read(request.headers, Buffer.concat(chunks).toString('utf8'))
    shop.arrivals.push(arrival)
    const reaction = shop.react(arrival)
    if (reaction === 'hold') return
    arrival.answered = reaction.status
    response.writeHead(reaction.status).end('ok', reaction.afterwards)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const shop: Shop = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    arrivals: [],
    react: () => ({ status: 200 }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return shop
}

function read(headers: IncomingHttpHeaders, body: string): Arrival {
  const { orderToken: token, merchantReference: reference, status } = JSON.parse(body)
  const id = String(headers['webhook-id'])
  return { id, sequence: Number(headers['tercet-sequence']), token, reference, status, body, headers, answered: null }
}

/** Both signatures, computed with nothing but `node:crypto`: Standard Webhooks, and scalapay.md 13.3. */
export function assertSigned({ id, headers, body }: Arrival, secret: string, apiKey: string): void {
  const bytes = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const standard = createHmac('sha256', bytes).update(`${id}.${headers['webhook-timestamp']}.${body}`)
  assert.equal(headers['webhook-signature'], `v1,${standard.digest('base64')}`)
  const scalapay = createHmac('sha256', apiKey).update(`V1:${headers['x-scalapay-timestamp']}:${body}`)
  assert.equal(headers['x-scalapay-hmac-v1'], scalapay.digest('hex'))
}

export type PendingMessage = { readonly token: string; readonly sequence: number; readonly isClaimed: boolean }

/**
 * What a dead server left to be sent. First waits for the backends it had: one of them may still be at work on the last
 * statement that it was sent.
 */
export async function leftBehind(pool: pg.Pool): Promise<PendingMessage[]> {
  const others = `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
    and backend_type = 'client backend'`
  const giveUp = AbortSignal.timeout(90_000)
  while ((await pool.query(others)).rows.length > 0) await pause(5, undefined, { signal: giveUp })
  const { rows } = await pool.query<PendingMessage>(
    `select source_id as token, sequence, claimed_until is not null and claimed_until > clock_timestamp() as "isClaimed"
       from webhook_message where state = 'pending'`,
  )
  return rows
}

/**
 * Stands for the minute after which a claim of a dead process ends. Claims count in the database's own time, which no
 * clock of the sandbox moves, and a test should not wait for it.
 */
export async function passTheMinute(pool: pg.Pool): Promise<void> {
  await pool.query(
    `update webhook_message set claimed_until = claimed_until - interval '1 minute' where claimed_until is not null`,
  )
}
