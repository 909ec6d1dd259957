import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate } from '../../src/db/migrate/migrate.ts'
import { connectClient } from '../../src/db/wire/connection.ts'
import { emptyDatabase } from '../support/database.ts'
import { migrateUntil } from '../support/migrate-until.ts'

const { url } = await emptyDatabase()
const client = await connectClient(url)

const organization = '3f8b2c1e-9a47-4d6b-8e21-5c7f0a1b2d34'
const [withSecrets, without] = ['5b2e9f04-7c31-4a8d-91f6-d3a0b8c4e275', '5b2e9f04-7c31-4a8d-91f6-d3a0b8c4e276']

test('what stood before says afterwards where its money comes from and which account its instance has', async () => {
  await migrateUntil(client, '0020')
  await client.query(`insert into merchant (name, prefix, currency, fee_ppm, fee_tax_ppm, maximum_order_expiry_ms)
    values ('Shop', 'SHOP', 'EUR', 0, 0, 1)`)
  for (const protocol of ['scalapay', 'salescloud', 'kupay'])
    await client.query(
      `insert into payment (merchant_id, payment_id, protocol, product, state, currency, total, authorized, captured,
        refunded, reduced, fee_ppm, fee_tax_ppm, sequence, created_at)
      values (1, $1, $1, 'x', 'created', 'EUR', 1, 0, 0, 0, 0, 0, 0, 1, now())`,
      [protocol],
    )
  await client.query(`insert into salescloud_organization values (1, $1, 'Org', 'ISK', 'Atlantic/Reykjavik', true)`, [
    organization,
  ])
  for (const [uuid, acquirer, sealed] of [
    [withSecrets, 'valitor_greidslugatt', Buffer.from('secret')],
    [without, 'sandbox', null],
  ])
    await client.query(
      `insert into salescloud_instance (merchant_id, uuid, organization_uuid, title, namespace, currency, acquirer,
        sealed_credentials, ip_allow_list, requests_per_minute, requests_per_minute_per_address,
        declines_per_hour_per_address, is_enabled)
      values (1, $1, $2, 'Card', 'card', 'ISK', $3, $4, '{}', 1, 1, 1, true)`,
      [uuid, organization, acquirer, sealed],
    )
  await migrate(client)
  const payments = await client.query('select payment_id, funding from payment order by payment_id')
  assert.deepEqual(payments.rows, [
    { payment_id: 'kupay', funding: 'none' },
    { payment_id: 'salescloud', funding: 'acquirer' },
    { payment_id: 'scalapay', funding: 'shopper' },
  ])
  const accounts = await client.query(
    `select i.uuid, a.connector, a.currency, a.is_enabled, a.sealed_credentials as sealed from catalogue_instance i
      join acquirer_account a on a.owner = i.merchant_id and a.account_id = i.account_id order by i.uuid`,
  )
  const account = { currency: 'ISK', is_enabled: true }
  assert.deepEqual(accounts.rows, [
    { uuid: withSecrets, connector: 'valitor_greidslugatt', ...account, sealed: Buffer.from('secret') },
    { uuid: without, connector: 'sandbox', ...account, sealed: null },
  ])
  await client.end()
})
