import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate } from '../../src/db/migrate/migrate.ts'
import { connectClient } from '../../src/db/wire/connection.ts'
import { emptyDatabase } from '../support/database.ts'
import { migrateUntil } from '../support/migrate-until.ts'

const client = await connectClient((await emptyDatabase()).url)

/** One row of every table that gets another name, as the servers before the migration wrote them. */
const oldRows = `
  insert into merchant (name, prefix, currency, fee_ppm, fee_tax_ppm, maximum_order_expiry_ms) values ('Shop', 'SHOP', 'ISK', 0, 0, 1);
  insert into salescloud_organization values (1, u(1), 'Org', 'ISK', 'Atlantic/Reykjavik', true);
  insert into salescloud_channel values (1, u(2), u(1), 'Till', true, true);
  insert into acquirer_account (owner, account_id, connector, currency) values (1, u(3), 'sandbox', 'ISK');
  insert into salescloud_instance values (1, u(3), u(1), 'Card', 'card', 'ISK', 'sandbox', null, '{}', 1, 1, 1, true, u(3));
  insert into salescloud_location values (1, u(4), u(1), 'Hall', true);
  insert into salescloud_unit values (1, u(5), u(1), 'Table 1', u(4), true);
  insert into salescloud_delivery_service values (1, u(6), u(1), 'Post', 900, true);
  insert into salescloud_coupon values (1, u(7), u(1), 'Ten', 1000, null, null, null, 0, 5, 4, true);
  insert into salescloud_discount_rule values (1, u(1), 'rule', 'Rule', 'Rule', 1, 'order', null, 100, true, '[]', true);
  insert into salescloud_product values (1, u(8), u(1), 'Show', 2500, null, null, '{}', '{}', true, '[]', true);
  insert into salescloud_variation values (1, u(9), u(8), 0, 'size', 'Large', 500);
  insert into event_capacity values (1, u(8), '2030-01-01Z', null, 10, 3);
  insert into salescloud_hold values (1, 'SHOPAAAAAAAA', 0, u(8), '2030-01-01Z', null, 3);
  insert into salescloud_order values (1, 'SHOPAAAAAAAA', u(1), u(2), u(3), 'once', '2026-01-01Z', '{"a":  1}');`

type Renamed = { readonly before: string; readonly after: string }

async function renamedTables(): Promise<readonly Renamed[]> {
  const { rows } = await client.query<{ before: string }>(
    `select relname as before from pg_class where relkind = 'r' and starts_with(relname, 'salescloud_') order by 1`,
  )
  const neutral = (name: string) =>
    name === 'salescloud_organization' ? 'organization' : name.replace('salescloud_', 'catalogue_')
  return rows.map(({ before }) => ({ before, after: neutral(before) }))
}

async function rowsOf(tables: readonly string[]): Promise<unknown[][]> {
  const rows: unknown[][] = []
  for (const table of tables)
    rows.push((await client.query(`select t::text as row, to_json(t)::text as named from ${table} t`)).rows)
  return rows
}

test('the catalogue keeps every row and every rule under its new names', async () => {
  await migrateUntil(client, '0105')
  const uuids = `'5b2e9f04-7c31-4a8d-91f6-d3a0b8c4e20' || $1`
  await client.query(oldRows.replaceAll(/u\((\d)\)/g, (_, digit) => `(${uuids.replace('$1', `'${digit}'`)})::uuid`))
  const renamed = await renamedTables()
  assert.equal(renamed.length, 12)
  const before = await rowsOf(renamed.map((table) => table.before))
  assert(before.every((rows) => rows.length === 1))

  await migrate(client)
  assert.deepEqual(await rowsOf(renamed.map((table) => table.after)), before)

  const { rows: left } = await client.query(
    `select conname as name from pg_constraint where conname like '%salescloud%'
      union all select relname from pg_class where relname like '%salescloud%'
      union all select typname from pg_type where typname like '%salescloud%'
      union all select tgname from pg_trigger where tgname like '%salescloud%'`,
  )
  assert.deepEqual(left, [])
  await assert.rejects(client.query('delete from catalogue_order'), /append-only/)
  await assert.rejects(client.query('update catalogue_coupon set used = 6'), /catalogue_coupon_within_limit/)
  await assert.rejects(client.query('delete from organization'), /violates foreign key constraint/)
  await client.end()
})
