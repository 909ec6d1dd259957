import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant, createOrder, testEngine } from '../../../test/support/payments/engine.ts'
import { failureReasons } from '../../domain/payment/failure.ts'

const { url, pool } = await testDatabase()

for (const table of ['payment', 'attempt'])
  test(`the database takes every reason of the closed list for a failed ${table}, and no other`, async () => {
    const { rows } = await pool.query<{ taken: boolean; checked: boolean }>(
      `select c.convalidated as checked, array_agg(v[1] order by v[1]) = $2::text[] as taken
         from pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g') v
        where c.conrelid = $1::regclass and c.conname = $1 || '_failure_is_listed' group by 1`,
      [table, failureReasons.toSorted()],
    )
    assert.deepEqual(rows, [{ taken: true, checked: true }])
  })

test('a reason that no list knows is refused where it would be stored', async () => {
  await createOrder(testEngine(url), await addMerchant(pool))
  await pool.query(`update payment set failure = 'card_declined'`)
  await assert.rejects(pool.query(`update payment set failure = 'no_idea'`), {
    constraint: 'payment_failure_is_listed',
  })
})
