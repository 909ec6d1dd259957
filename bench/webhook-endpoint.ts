import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { request } from 'undici'
import { connectClient } from '../src/db/wire/connection.ts'
import { orderBody } from './load/order-body.ts'
import type { ServerProcess } from './servers/server-process.ts'

/** Adds an endpoint of the merchant whose key it is, for all events. Answers its id. */
export async function addEndpoint({ port }: ServerProcess, key: string, url: string): Promise<string> {
  const answer = await request(`http://127.0.0.1:${port}/tercet/webhooks/endpoints`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url }),
  })
  const { id } = (await answer.body.json()) as { readonly id?: string }
  if (answer.statusCode !== 201 || id === undefined) throw new Error(`an endpoint was refused: ${answer.statusCode}`)
  return id
}

/** Puts so many webhooks of new orders into the outbox for an endpoint, all of them due. */
export async function fillMessages(databaseUrl: string, endpoint: string, count: number): Promise<void> {
  await runFill(databaseUrl, 'fill-messages.sql', {
    'bench.messages': String(count),
    'bench.endpoint': endpoint,
    'bench.details': orderBody('FILL'),
  })
}

/** Runs a script of `bench/sql` in one transaction; then statistics and visibility are as with rows that came one by one. */
export async function runFill(
  databaseUrl: string,
  script: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const client = await connectClient(databaseUrl, { statementTimeoutMs: 0 })
  try {
    for (const [name, value] of Object.entries(settings)) {
      await client.query('select set_config($1, $2, false)', [name, value])
    }
    await client.query(`begin; ${await readFile(join(import.meta.dirname, 'sql', script), 'utf8')} commit`)
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}
