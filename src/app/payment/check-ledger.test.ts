import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import {
  accepted,
  addMerchant,
  createAuthorized,
  createOrder,
  run,
  testEngine,
} from '../../../test/support/payments/engine.ts'
import { connectPool } from '../../db/wire/connection.ts'
import { checkLedger } from './check-ledger.ts'

const { url, pool } = await testDatabase()
const engine = testEngine(url)

test('proves the books of a merchant and gives the balance of each account', async () => {
  const merchant = await addMerchant(pool)
  await createOrder(engine, merchant)
  const id = await createAuthorized(engine, merchant, 10_000n)
  accepted(await run(engine, merchant, id, { kind: 'capture' }))
  accepted(await run(engine, merchant, id, { kind: 'refund', amount: 5_000n }))
  const report = await checkLedger(pool, merchant.id)
  assert.deepEqual(report.discrepancies, [])
  assert.equal(report.payments, 2)
  const balances = Object.fromEntries(report.balances.map(({ account, balance }) => [account, balance]))
  assert.deepEqual(balances, {
    authorization_contra_memo: 0n,
    authorization_memo: 0n,
    fee_income: -250n,
    fee_tax_payable: -55n,
    merchant_payable: -4_695n,
    shopper_receivable: 5_000n,
  })
})

test('names the payment whose books were tampered with', async () => {
  const merchant = await addMerchant(pool)
  const id = await createAuthorized(engine, merchant, 10_000n)
  accepted(await run(engine, merchant, id, { kind: 'capture' }))
  await pool.query('update payment set captured = captured - 1 where payment_id = $1', [id])
  const source = { merchantId: merchant.id, sourceKind: 'payment', sourceId: id }
  const { discrepancies } = await checkLedger(pool, merchant.id)
  assert.deepEqual(discrepancies, [{ ...source, name: 'captured_differs', claimed: 9_999n, ledger: 10_000n }])
  await pool.query('delete from payment where payment_id = $1', [id])
  const orphaned = await checkLedger(pool, merchant.id)
  assert.deepEqual(orphaned.discrepancies, [{ ...source, name: 'transfers_without_source' }])
})

test('takes the time it needs, however little a request may take', async () => {
  const hasty = connectPool(url, { statementTimeoutMs: 200 })
  // The driver gives up half a second after the database should have: longer than that, a rival holds the table here.
  const rival = await pool.connect()
  await rival.query('begin')
  await rival.query('lock table transfer in access exclusive mode')
  const report = checkLedger(hasty)
  await rival.query('select pg_sleep(0.8)')
  await rival.query('commit')
  rival.release()
  assert.equal((await report).balances.length > 0, true)
  await hasty.end()
})

test('cannot change what the ledger and the events say', async () => {
  for (const table of ['transfer', 'event']) {
    await assert.rejects(pool.query(`update ${table} set at = now()`), /append-only/)
    await assert.rejects(pool.query(`delete from ${table}`), /append-only/)
    await assert.rejects(pool.query(`truncate ${table}`), /append-only/)
  }
})
