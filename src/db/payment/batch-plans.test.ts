import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { testDatabase } from '../../../test/support/database.ts'
import { addMerchant, createAuthorized, testEngine } from '../../../test/support/payments/engine.ts'
import { anAttemptId } from '../../../test/support/payments/factories.ts'
import { newCommandId, type PaymentId } from '../../kernel/ids.ts'
import { releaseEventCapacity } from '../catalogue/catalogue-capacity.ts'
import { lockPlans, readPlans, readSteps } from '../instalments/plan-rows.ts'
import { insertNews } from '../message/insert-news.ts'
import { beginWrites, connectClient } from '../wire/connection.ts'
import { findCapturedTwice } from './captured-twice.ts'
import { findApplied, findResponses, finishAttempts, lockPayments, updatePayments } from './payment-batch.ts'
import { findPayment, findStored } from './payments.ts'
import { findPaymentsByTotal } from './scan-payments.ts'

const { url, pool } = await testDatabase()
const merchant = await addMerchant(pool)
const engine = testEngine(url)

/** PostgreSQL keeps a statement's plan from its sixth run on. */
const runsUntilKept = 6

/** A plan that finds rows by their merchant alone reads everything the merchant has. */
const byMerchantAlone = /Index Cond: \(\(?merchant_id = [^()]*\)\)?$/m

/** How many rows each plan reads is not compared: what counts is that none reads a table, or all that is pending. */
function planOf(client: pg.Client, name: string, parameters: readonly string[]): Promise<string> {
  return client
    .query<{ 'QUERY PLAN': string }>(`explain execute ${name}(${parameters.join(', ')})`)
    .then(({ rows }) => rows.map((row) => row['QUERY PLAN']).join('\n'))
}

test('keeps walking indexes when a table grows that was small and analysed when the plans were made', async () => {
  const ids = await Promise.all(Array.from({ length: 30 }, () => createAuthorized(engine, merchant)))
  await pool.query('analyze')
  const payments = await Promise.all(ids.map((id) => findPayment(pool, merchant.id, id)))
  const lane = await connectClient(url, { pipeline: true })
  const merchantId = merchant.id
  for (let run = 0; run < runsUntilKept; run++) {
    const keys = ids.map((paymentId) => ({ merchantId, paymentId }))
    await lane.query(beginWrites)
    await lockPayments(
      lane,
      keys.map((key) => ({ ...key, wantsDetails: true })),
    )
    await findResponses(lane, [{ merchantId, operation: 'x', key: 'y' }])
    await findApplied(
      lane,
      keys.map((key) => ({ ...key, id: newCommandId() })),
    )
    const seen = payments.flatMap((stored) => (stored ? [stored.payment] : []))
    await lane.query(updatePayments(seen.map((payment) => ({ payment, seenSequence: payment.sequence }))))
    const answer = { railReference: null, failure: null, code: null, payload: null, at: payments[0]?.payment.createdAt }
    assert(answer.at !== undefined)
    const attempt = { kind: 'finished', id: anAttemptId(), state: 'succeeded', ...answer, at: answer.at } as const
    await lane.query(finishAttempts([{ merchantId, paymentId: ids[0] ?? assert.fail('no payment'), attempt }]))
    await lane.query(releaseEventCapacity(keys))
    await lane.query('rollback')
  }
  const statements = {
    lock_payments: ["'{}'"],
    find_responses: ["'{}'"],
    find_applied: ["'{}'"],
    update_payments: ["'{}'", '0'],
    finish_attempts: ["'{}'"],
    release_event_capacity: ["'{}'", "'{}'"],
  }
  for (const [name, parameters] of Object.entries(statements)) {
    const plan = await planOf(lane, name, parameters)
    assert.doesNotMatch(plan, /Seq Scan|Hash Join|Merge Join|attempt_to_resolve/, name)
    assert.doesNotMatch(plan, byMerchantAlone, `${name} narrows by more than the merchant`)
  }
  await lane.end()
})

test('finds the rows of jobs by their keys, also by plans that were made before there were any rows', async () => {
  const { url: empty } = await testDatabase()
  const client = await connectClient(empty)
  const keys = [{ merchantId: merchant.id, paymentId: 'AAAA00000001' as PaymentId }]
  for (let run = 0; run < runsUntilKept; run++) {
    await lockPlans(client, keys)
    await readPlans(client, keys)
    await readSteps(client, keys)
    await findStored(
      client,
      merchant.id,
      keys.map(({ paymentId }) => paymentId),
    )
    await findCapturedTwice(
      client,
      keys.map((key) => ({ ...key, merchantReference: 'r' })),
    )
    await client.query(insertNews([]))
  }
  const statements = {
    lock_plans: ["'{}'", "'{}'"],
    read_plans: ["'{}'", "'{}'"],
    read_plan_steps: ["'{}'", "'{}'"],
    find_captured_twice: ["'{}'", "'{}'", "'{}'"],
    insert_news: ["'{}'", "'{}'", "'{}'", "'{}'", "'{}'"],
    find_stored: [String(merchant.id), "'{}'"],
  }
  for (const [name, parameters] of Object.entries(statements)) {
    const plan = await planOf(client, name, parameters)
    assert.match(plan, /Index (?:Only )?Scan/, name)
    assert.doesNotMatch(plan, byMerchantAlone, `${name} narrows by more than the merchant`)
  }
  await client.end()
})

test("finds an amount's newest orders in its index, also by a plan that was made before there were any rows", async () => {
  const { url: empty } = await testDatabase()
  const client = await connectClient(empty)
  for (let run = 0; run < runsUntilKept; run++) await findPaymentsByTotal(client, merchant.id, 1_999n, 50)
  const plan = await planOf(client, 'find_payments_by_total', [String(merchant.id), '1999', '50'])
  assert.match(plan, /payment_by_total/)
  assert.match(plan, /Index Cond: .*total.*merchant_id = /)
  assert.doesNotMatch(plan, /Sort/)
  await client.end()
})
