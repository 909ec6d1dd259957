import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectClient } from '../src/db/wire/connection.ts'
import { orderBody } from './load/order-body.ts'

/** The orders of years for the first shop. Ends with what a database of that age has behind it: statistics, visibility and a finished checkpoint. */
export async function fillOrders(url: string, orders: number): Promise<void> {
  const client = await connectClient(url, { statementTimeoutMs: 0 })
  try {
    await client.query("select set_config('bench.orders', $1, false), set_config('bench.details', $2, false)", [
      String(orders),
      orderBody('FILL'),
    ])
    await client.query(`begin; ${await readFile(join(import.meta.dirname, 'sql/fill-orders.sql'), 'utf8')} commit`)
    await client.query('vacuum analyze')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}
