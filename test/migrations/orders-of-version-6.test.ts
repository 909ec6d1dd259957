import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { checkLedger } from '../../src/app/payment/check-ledger.ts'
import { migrate } from '../../src/db/migrate/migrate.ts'
import { connectClient } from '../../src/db/wire/connection.ts'
import { systemNow } from '../../src/kernel/clock.ts'
import { instantFromMillis } from '../../src/kernel/instant.ts'
import { emptyDatabase } from '../support/database.ts'
import { migrateUntil } from '../support/migrate-until.ts'
import { aPayment, ownHeaders, ownPath, requestPayment, startSalescloud } from '../support/protocols/salescloud.ts'
import { merchantKey, startScalapay } from '../support/protocols/scalapay.ts'

/*
 * The database of a sandbox as version 0006 of its tables left it: orders of both APIs that there were, made over HTTP, one for each state
 * and way there. The file's first line says which is which and what the server of that time answered; each other line is a row.
 */

type Orders = {
  readonly created: { readonly body: object; readonly text: string }
  readonly reads: Readonly<Record<string, string>>
  readonly captureAnswer: string
  readonly refundAnswer: string
} & Readonly<Record<(typeof tokens)[number], string>> &
  Readonly<Record<(typeof sales)[number], object>>

const tokens = [
  ...['lapsing', 'expiring', 'declined', 'authorized', 'delayed', 'captured', 'partly', 'parts', 'closed', 'voided'],
  ...['refundedPart', 'refunded'],
] as const
const sales = ['sold', 'failed', 'soldPart', 'soldVoid', 'soldRefund'] as const

const file = await readFile(new URL('data/orders-of-version-6.jsonl', import.meta.url), 'utf8')
const [head = '', ...lines] = file.trimEnd().split('\n')
const { orders } = JSON.parse(head) as { orders: Orders }

/** When the sandbox's clock stood there, everything that had been made was still as it was left. */
const then = instantFromMillis(Date.parse('2026-12-01T18:50:00Z'))

const database = await emptyDatabase()
await restore(database.url)
const { server, advance } = await startScalapay(undefined, undefined, database)
advance(then - systemNow())
const salescloud = await startSalescloud({ database })

/** As a dump is restored: rows in any order, each JSON text as it stands in the file. Then today's migrations. */
async function restore(url: string): Promise<void> {
  const client = await connectClient(url)
  await migrateUntil(client, '0007')
  await client.query('begin; set local session_replication_role = replica')
  for (const line of lines) {
    const table = /^\{"table":"(\w+)","row":/.exec(line)?.[1] ?? ''
    await client.query(
      `insert into ${table} overriding system value select (json_populate_record(null::${table}, $1::json->'row')).*`,
      [line],
    )
  }
  // Numbers that the tables give themselves go on behind those that came with the rows.
  await client.query(`select setval(pg_get_serial_sequence('merchant', 'id'), (select max(id) from merchant)),
    setval(pg_get_serial_sequence('webhook_attempt', 'attempt_id'), (select max(attempt_id) from webhook_attempt))`)
  await client.query('commit')
  await migrate(client)
  await client.end()
}

type Call = { readonly path: string; readonly body?: object; readonly key?: string }

async function call({ path, body, key }: Call): Promise<{ status: number; text: string; isReplay: boolean }> {
  const answer = await server.inject({
    method: body ? 'POST' : 'GET',
    url: `/v2${path}`,
    headers: {
      authorization: `Bearer ${merchantKey}`,
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body && { payload: body }),
  })
  return { status: answer.statusCode, text: answer.body, isReplay: answer.headers['request-idempotency'] === 'true' }
}

const euro = (amount: string) => ({ amount, currency: 'EUR' })

test('the ledger proves every one of them as it came', proveAll)

test('every order reads as it did, with what later versions tell beside it', async () => {
  for (const name of tokens) {
    const { status, text } = await call({ path: `/payments/${orders[name]}` })
    assert.equal(status, 200, name)
    const [read, before] = [JSON.parse(text), JSON.parse(orders.reads[name] ?? '')]
    assert.deepEqual({ ...read, ...before }, read, name)
  }
})

test('a repeat under the key of that time is answered as it was then, byte for byte', async () => {
  const repeats: readonly [Call, string][] = [
    [{ path: '/orders', body: orders.created.body, key: 'again' }, orders.created.text],
    [{ path: '/payments/capture', body: { token: orders.captured }, key: 'captured' }, orders.captureAnswer],
    [
      {
        path: `/payments/${orders.refundedPart}/refund`,
        body: { refundAmount: euro('25.00'), merchantRefundReference: 'r1' },
        key: 'refund-1',
      },
      orders.refundAnswer,
    ],
  ]
  for (const [repeat, text] of repeats)
    assert.deepEqual(await call(repeat), { status: 200, text, isReplay: true }, repeat.path)
  const details = { cardNumber: '4242424242424242', cardSecurityCode: '123', expiryMonth: '12', expiryYear: '2030' }
  const sold = await requestPayment(salescloud, aPayment({ details, requestId: 'sold' }))
  assert.deepEqual(sold.json, orders.sold)
  assert.deepEqual(salescloud.calls, [], 'no acquirer is asked for it')
})

test('what was open is captured, what was captured is refunded, and no more than that', async () => {
  const capture = (name: (typeof tokens)[number]) => call({ path: '/payments/capture', body: { token: orders[name] } })
  for (const name of ['authorized', 'delayed'] as const) assert.equal((await capture(name)).status, 200, name)
  for (const name of ['lapsing', 'expiring', 'declined', 'voided'] as const)
    assert.equal((await capture(name)).status, 400, name)
  assert.equal((await call({ path: `/payments/${orders.parts}/delay/capture`, body: {} })).status, 200)

  const refund = (name: (typeof tokens)[number], amount: string) =>
    call({ path: `/payments/${orders[name]}/refund`, body: { refundAmount: euro(amount) } })
  const left = { captured: '100.00', partly: '60.00', parts: '80.00', closed: '30.00', refundedPart: '75.00' } as const
  for (const [name, amount] of Object.entries(left)) {
    const order = name as keyof typeof left
    assert.equal((await refund(order, '100.01')).status, 400, name)
    assert.equal((await refund(order, amount)).status, 200, name)
    assert.equal((await refund(order, '0.01')).status, 400, name)
  }
  assert.equal((await refund('refunded', '0.01')).status, 400)
})

test('card payments of the other API are refunded as far as they were not', async () => {
  const expected = { sold: [200, 1000], soldPart: [200, 600], soldVoid: [409], soldRefund: [409], failed: [409] }
  for (const [name, [status, amount]] of Object.entries(expected)) {
    const { paymentTransaction } = orders[name as keyof typeof expected] as {
      paymentTransaction: { payload: { transactionId: string } }
    }
    const url = `${ownPath}/orders/${paymentTransaction.payload.transactionId}/refund`
    const answer = await salescloud.server.inject({ method: 'POST', url, headers: ownHeaders })
    assert.equal(answer.statusCode, status, name)
    assert.equal(answer.json().amount, amount, name)
  }
})

test('the ledger proves every one of them with what was done since', proveAll)

async function proveAll(): Promise<void> {
  const { discrepancies, payments } = await checkLedger(database.pool)
  assert.deepEqual(discrepancies, [])
  assert.equal(payments, 19)
}
