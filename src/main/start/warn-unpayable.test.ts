import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { testSealer } from '../../../test/support/protocols/webhooks.ts'
import { addFixtures } from '../fixtures.ts'
import { warnOfUnpayable } from './warn-unpayable.ts'

test('names who has no wallet and what has no acquirer, and each no more once it has', async () => {
  const { pool } = await testDatabase()
  await addFixtures(pool, testSealer)
  const warned = async (): Promise<string[]> => {
    const lines: string[] = []
    await warnOfUnpayable(pool, { warn: (line: unknown) => void lines.push(String(line)) })
    return lines
  }
  await pool.query('update wallet set is_current = false')
  const before = await warned()
  assert.match(before.join('\n'), / has no wallet on a chain: nobody can pay its requests/)
  assert.match(before.join('\n'), / has no acquirer's credentials: its payments are refused/)
  await pool.query(`update api_key set expires_at = now() where protocol = 'kupay'`)
  assert.doesNotMatch((await warned()).join('\n'), / has no wallet on a chain/, 'nobody asks with a key that has ended')
  await pool.query('update api_key set expires_at = null')
  await pool.query('update wallet set is_current = true')
  await pool.query(`insert into acquirer_account (owner, account_id, connector, currency, sealed_credentials)
      select merchant_id, uuid, 'valitor', currency, 'x' from catalogue_instance
      on conflict (owner, account_id) do update set sealed_credentials = 'x'`)
  await pool.query('update catalogue_instance set account_id = uuid')
  assert.deepEqual(await warned(), [])
})
