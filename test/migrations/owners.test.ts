import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { migrate } from '../../src/db/migrate/migrate.ts'
import { connectClient } from '../../src/db/wire/connection.ts'
import { emptyDatabase } from '../support/database.ts'
import { migrateUntil } from '../support/migrate-until.ts'

/** A database as version 0006 left it, with the rows of one payment and what was told of it. */
async function oldDatabase() {
  const client = await connectClient((await emptyDatabase()).url)
  after(() => client.end())
  await migrateUntil(client, '0007')
  await client.query(`
    insert into merchant (name, prefix, currency, fee_ppm, fee_tax_ppm, maximum_order_expiry_ms)
      values ('Shop', 'SHOP', 'EUR', 0, 0, 1);
    insert into payment (merchant_id, payment_id, protocol, product, state, currency, total, authorized, captured, refunded, reduced,
        fee_ppm, fee_tax_ppm, sequence, created_at)
      values (1, 'SHOPAAAAAAAA', 'scalapay', 'pay-in-3', 'captured', 'EUR', 100, 100, 100, 0, 0, 0, 0, 2, '2026-01-01Z');
    insert into payment_event (merchant_id, payment_id, sequence, kind, state, amount, total, command_id, at, details)
      select 1, 'SHOPAAAAAAAA', n, 'captured', 'captured', 100, 100, gen_random_uuid(), '2026-01-01Z', '{"a": 1}'
      from generate_series(1, 2) n;
    insert into transfer values (1, 'SHOPAAAAAAAA', 2, 0, 'capture', 'shopper_receivable', 'merchant_payable', 'EUR', 100, '2026-01-01Z');
    insert into webhook_endpoint (merchant_id, endpoint_id, kind, url, secret, created_at)
      values (1, gen_random_uuid(), 'http', 'http://shop.test', '', '2026-01-01Z');
    insert into webhook_message (merchant_id, message_id, endpoint_id, payment_id, sequence, event, next_attempt_at, created_at)
      select 1, gen_random_uuid(), endpoint_id, 'SHOPAAAAAAAA', 2, 'captured', '2026-01-01Z', '2026-01-01Z' from webhook_endpoint;
    insert into webhook_feed (merchant_id, endpoint_id, message_id, payment_id, sequence, event, is_replay, created_at)
      select 1, endpoint_id, message_id, 'SHOPAAAAAAAA', 2, 'captured', false, '2026-01-01Z' from webhook_message;`)
  const rows = async (table: string): Promise<Record<string, unknown>[]> =>
    (await client.query(`select * from ${table} order by sequence`)).rows
  return { client, rows }
}

test('gives the rows of payments an owner, and changes nothing else of them', async () => {
  const { client, rows } = await oldDatabase()
  const before = await inTurn(['payment_event', 'transfer', 'webhook_message', 'webhook_feed'], rows)
  await migrateUntil(client, '0011')
  const owned = before.map((table) =>
    table.map(({ payment_id, ...row }) => ({ ...row, source_kind: 'p', source_id: payment_id })),
  )
  const found = await inTurn(['event', 'transfer', 'webhook_message', 'webhook_feed'], rows)
  for (const [at, table] of found.entries()) {
    assert(table.length > 0)
    for (const [n, row] of table.entries()) assert.deepEqual({ ...row, ...owned[at]?.[n] }, row)
  }
})

test('leaves events and transfers append-only, and numbers each owner by itself', async () => {
  const { client } = await oldDatabase()
  await migrate(client)
  for (const table of ['event', 'transfer']) {
    await assert.rejects(client.query(`update ${table} set at = now()`), /append-only/)
    await assert.rejects(client.query(`delete from ${table}`), /append-only/)
    await assert.rejects(client.query(`truncate ${table}`), /append-only/)
  }
  const add = (kind: string) =>
    client.query(
      `insert into transfer (merchant_id, source_kind, source_id, sequence, line, kind, debit, credit, currency, amount, at)
       values (1, $1, 'SHOPAAAAAAAA', 2, 0, 'capture', 'a', 'b', 'EUR', 1, now())`,
      [kind],
    )
  await assert.rejects(add('p'), /transfer_pkey/)
  await add('o')
  await assert.rejects(add('x'), /transfer_source_kind_known/)
  await assert.rejects(
    client.query(`insert into event (merchant_id, source_kind, source_id, sequence, kind, state, command_id, at)
      values (1, 'p', 'SHOPBBBBBBBB', 1, 'created', 'created', gen_random_uuid(), now())`),
    /event_of_a_payment_has_its_total/,
  )
})

/** One connection answers one question at a time. */
async function inTurn<T>(tables: readonly string[], read: (table: string) => Promise<T>): Promise<T[]> {
  const found: T[] = []
  for (const table of tables) found.push(await read(table))
  return found
}
