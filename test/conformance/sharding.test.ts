import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../support/database.ts'

/** Found by something else than their merchant, or nobody's: copied to every node of a cluster (docs/scaling.md). */
const copied = [
  ...['api_key', 'database_stamp', 'merchant', 'migration', 'organization', 'sandbox_clock', 'shopper_contact'],
  // Chains are the operator's, and an address belongs to one merchant for ever.
  ...['chain', 'chain_block', 'chain_endpoint', 'chain_token', 'chain_watch', 'payee', 'wallet'],
  // The list of cells, and which one a name or a contact leads to: used in the first cell alone.
  ...['cell', 'cell_name', 'removed_cell', 'shopper_cell'],
  // What being late costs in each country.
  'late_fee_terms',
  // Hashes of addresses and accounts, for an hour.
  'brake',
  // Which server does the work of a cell, and the last id that it gave to a merchant.
  ...['duty', 'merchant_number'],
  // People belong to no merchant: one may work for several.
  ...['staff', 'staff_invitation', 'staff_passkey', 'staff_recovery_code', 'staff_session'],
]

/** People belong to no merchant either: what is theirs is distributed by the key of their own that it leads with. */
const leading = ['merchant_id', 'shopper_id', 'owner']

test('every table but the few that are copied can be distributed by merchant or shopper', async () => {
  const { pool } = await testDatabase()
  const { rows } = await pool.query<{ name: string; leads: boolean }>(
    `select c.relname as name, coalesce(bool_and(coalesce(a.attname = any($1), false)), false) as leads
     from pg_class c
     left join pg_index i on i.indrelid = c.oid and i.indisunique
     left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
     group by c.relname order by c.relname`,
    [leading],
  )
  assert(rows.length > 20)
  assert.deepEqual(
    rows.filter(({ leads }) => !leads).map(({ name }) => name),
    copied.toSorted(),
  )
})

test('no foreign key leads to another merchant', async () => {
  const { pool } = await testDatabase()
  const { rows } = await pool.query<{ name: string }>(
    `select c.conname as name from pg_constraint c
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     join pg_class t on t.oid = c.conrelid
     where c.contype = 'f' and c.connamespace = current_schema()::regnamespace and a.attname not in ('merchant_id', 'user_id', 'shopper_id')
       and t.relname <> all($1)`,
    [copied],
  )
  assert.deepEqual(rows, [])
})
