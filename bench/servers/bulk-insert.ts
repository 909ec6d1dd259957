import { randomBytes } from 'node:crypto'
import { fastify } from 'fastify'
import type pg from 'pg'
import { beginWrites, connectClient } from '../../src/db/wire/connection.ts'
import { announce } from './announce.ts'

/**
 * The least that can be called creating orders durably: Fastify and `pg`, and one multi-row statement for an order row and an event
 * row of each order of a batch. No key, validation, idempotency, outbox or ledger. What the product costs beyond it is its own.
 */

/** As many as the product's lanes. */
const connections = 2
const largestBatch = 128

type Order = {
  readonly token: string
  readonly body: string
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

const waiting: Order[] = []

const tables = `
  create table if not exists bare_order (token text primary key, state text not null, currency text not null,
    total bigint not null, created_at timestamptz not null);
  create table if not exists bare_event (token text, sequence integer, kind text not null, at timestamptz not null,
    details json, primary key (token, sequence))`

const insert = {
  name: 'insert',
  text: `with new as (
      insert into bare_order select token, 'created', 'EUR', 19000, now() from unnest($1::text[]) as token)
    insert into bare_event select token, 1, 'created', now(), details from unnest($1::text[], $2::json[]) as n (token, details)`,
}

const server = fastify()
server.post('/v2/orders', async (request) => {
  const token = randomBytes(6).toString('hex')
  await new Promise<void>((resolve, reject) => {
    waiting.push({ token, body: JSON.stringify(request.body), resolve, reject })
    void work()
  })
  return { token, expires: new Date(), checkoutUrl: `http://localhost/checkout/${token}` }
})

const url = process.env.DATABASE_URL ?? ''
const clients = await Promise.all(Array.from({ length: connections }, () => connectClient(url, { pipeline: true })))
await prepareTables()
const idle = [...clients]
await announce(server, async () => {
  await server.close()
  await Promise.all(clients.map((client) => client.end()))
})

/** An idle connection takes all that waits, as a lane does. */
async function work(): Promise<void> {
  const client = idle.pop()
  if (!client) return
  while (waiting.length > 0) await save(client, waiting.splice(0, largestBatch))
  idle.push(client)
}

async function save(client: pg.Client, batch: readonly Order[]): Promise<void> {
  const values = [batch.map(({ token }) => token), batch.map(({ body }) => body)]
  try {
    await Promise.all([client.query(beginWrites), client.query({ ...insert, values }), client.query('commit')])
    for (const order of batch) order.resolve()
  } catch (error) {
    for (const order of batch) order.reject(error as Error)
  }
}

async function prepareTables(): Promise<void> {
  const client = await connectClient(url)
  await client.query(tables)
  await client.end()
}
