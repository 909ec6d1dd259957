import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  findApplied,
  findResponses,
  finishAttempts,
  lockPayments,
  updatePayments,
} from '../../src/db/payment/payment-batch.ts'
import { findPayment } from '../../src/db/payment/payments.ts'
import { beginWrites, connectClient } from '../../src/db/wire/connection.ts'
import { newCommandId } from '../../src/kernel/ids.ts'
import { testDatabase } from '../support/database.ts'
import { addMerchant, createAuthorized, testEngine } from '../support/payments/engine.ts'
import { anAttemptId } from '../support/payments/factories.ts'

const { url, pool } = await testDatabase()
const merchant = await addMerchant(pool)
const engine = testEngine(url)

/** PostgreSQL keeps a statement's plan from its sixth run on. */
const runsUntilKept = 6

const makeOrders = (count: number) =>
  Promise.all(Array.from({ length: count }, () => createAuthorized(engine, merchant)))

/** The plans that the node really runs, as it logs them: what a cluster explains was planned on a connection without the settings of a lane. */
async function aLaneThatTells() {
  const lane = await connectClient(url, { pipeline: true })
  const said: string[] = []
  lane.on('notice', ({ message }) => said.push(String(message)))
  for (const setting of [
    `load 'auto_explain'`,
    'set auto_explain.log_min_duration = 0',
    'set auto_explain.log_level = notice',
    'set auto_explain.log_nested_statements = on',
    'set citus.explain_distributed_queries = off',
  ])
    await lane.query(setting)
  /** Those of rows. The others say only that a statement is handed on. */
  const plans = () => said.splice(0).filter((plan) => !plan.includes('Custom Scan'))
  return { lane, plans }
}

test('each statement of a batch goes to the node that holds its cell, in one piece, and walks indexes when tables have grown since it was planned', async () => {
  const ids = await makeOrders(30)
  await pool.query('analyze')
  const payments = await Promise.all(ids.map((id) => findPayment(pool, merchant.id, id)))
  const seen = payments.flatMap((stored) => (stored ? [stored.payment] : []))
  const keys = ids.map((paymentId) => ({ merchantId: merchant.id, paymentId }))
  const at = seen[0]?.createdAt ?? assert.fail('no payment')
  const attempt = { kind: 'finished', id: anAttemptId(), state: 'succeeded', at } as const
  const nothing = { railReference: null, failure: null, code: null, payload: null }
  const finished = {
    merchantId: merchant.id,
    paymentId: seen[0]?.id ?? assert.fail(),
    attempt: { ...attempt, ...nothing },
  }
  const { lane, plans } = await aLaneThatTells()
  const batch = async () => {
    plans()
    await lane.query(beginWrites)
    await lockPayments(
      lane,
      keys.map((key) => ({ ...key, wantsDetails: true })),
    )
    await findResponses(lane, [{ merchantId: merchant.id, operation: 'x', key: 'y' }])
    await findApplied(
      lane,
      keys.map((key) => ({ ...key, id: newCommandId() })),
    )
    await lane.query(updatePayments(seen.map((payment) => ({ payment, seenSequence: payment.sequence }))))
    await lane.query(finishAttempts([finished]))
    await lane.query('rollback')
    return plans()
  }
  for (let run = 0; run < runsUntilKept; run++) await batch()
  await makeOrders(270)
  await pool.query(
    `insert into idempotency select $1, 'x', 'key ' || n, '', '', now() from generate_series(1, 3000) n`,
    [merchant.id],
  )
  const now = await batch()
  assert.equal(now.length, 5, 'one plan for each statement')
  for (const plan of now) {
    assert.doesNotMatch(plan, /Seq Scan|Hash Join|Merge Join|attempt_to_resolve/)
    const scans = plan
      .split('\n')
      .flatMap((line, index, lines) => (/Index .*Scan/.test(line) ? [lines[index + 1]] : []))
    assert(scans.length > 0, plan)
    for (const condition of scans) assert.match(String(condition), /Index Cond: .*merchant_id = .* AND /, plan)
  }
  await lane.end()
})
