import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Client } from 'pg'
import { migrate } from '../../src/db/migrate/migrate.ts'
import { connectClient } from '../../src/db/wire/connection.ts'
import { emptyDatabase } from '../support/database.ts'
import { migrateUntil } from '../support/migrate-until.ts'

/** A database as it stood before that migration. */
async function before(migration: string): Promise<Client> {
  const client = await connectClient((await emptyDatabase()).url)
  after(() => client.end())
  await migrateUntil(client, migration)
  return client
}

const addMerchants = `insert into merchant (name, prefix, currency, fee_ppm, fee_tax_ppm, maximum_order_expiry_ms, is_fixture)
  select 'Shop', prefix, 'EUR', 0, 0, 1, prefix = any($2::text[]) from unnest($1::text[]) prefix`

for (const [merchants, fixtures, mode] of [
  [['SHOP', 'SCLD', 'OWNS'], ['SHOP', 'SCLD'], 'sandbox'],
  [['REAL', 'OWNS'], [], 'live'],
  [[], [], undefined],
] as const)
  test(`a database with ${merchants.length} merchants, ${fixtures.length} of them fixtures, is stamped as ${mode ?? 'neither'}`, async () => {
    const client = await before('0008')
    await client.query(addMerchants, [merchants, fixtures])
    await migrate(client)
    const { rows } = await client.query('select mode, secret_fingerprint from database_stamp')
    assert.deepEqual(rows, mode === undefined ? [] : [{ mode, secret_fingerprint: null }])
    const { rows: kept } = await client.query('select distinct time_zone, disabled_at from merchant')
    assert.deepEqual(kept, merchants.length === 0 ? [] : [{ time_zone: 'Europe/Rome', disabled_at: null }])
  })

test('a secret that was rotated out stays valid until its time, and filters keep what is still sent', async () => {
  const client = await before('0060')
  await client.query(addMerchants, [['SHOP'], []])
  await client.query(`insert into webhook_endpoint
      (merchant_id, endpoint_id, kind, url, secret, previous_secret, previous_secret_until, events, created_at)
    select 1, gen_random_uuid(), 'http', url, 'new', previous::bytea, case when previous is null then null else '2026-01-02Z'::timestamptz end,
      events, '2026-01-01Z'
    from (values ('http://a.test', 'old', null), ('http://b.test', null, array['captured', 'delayed', 'refunded', 'failed']),
      ('http://c.test', null, array['voided', 'captured'])) as sent (url, previous, events)`)
  await migrate(client)
  const { rows } = await client.query(`select url, secret, previous_secrets, events,
      array(select extract(epoch from until)::int from unnest(previous_secrets_until) until) as until
    from webhook_endpoint order by url`)
  const rest = { secret: Buffer.from('new'), previous_secrets: [], until: [], events: null }
  assert.deepEqual(rows, [
    { ...rest, url: 'http://a.test', previous_secrets: [Buffer.from('old')], until: [Date.UTC(2026, 0, 2) / 1_000] },
    { ...rest, url: 'http://b.test', events: ['captured', 'refunded'] },
    { ...rest, url: 'http://c.test', events: ['voided', 'captured'] },
  ])
})
