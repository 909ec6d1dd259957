import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hour } from '../../../src/kernel/instant.ts'
import { anOrder } from '../../support/payments/orders.ts'
import { deviceKey, merchantKey, startScalapay } from '../../support/protocols/scalapay.ts'

const headers = { authorization: `Bearer ${merchantKey}` }
const scalapay = await startScalapay()
const token = await createOrder()
const expired = await createOrder()
scalapay.advance(hour)
await scalapay.runTimer(expired)
scalapay.advance(-hour)

async function createOrder(): Promise<string> {
  const created = await scalapay.server.inject({ method: 'POST', url: '/v2/orders', headers, payload: anOrder() })
  return created.json<{ token: string }>().token
}

const paths = () => [
  '/v2/orders',
  '/orders',
  `/v2/orders/${token}`,
  '/v2/payments/capture',
  // An order that waits for its shopper would be ended by that.
  `/v2/payments/${expired}/void`,
  ...['delay', 'refund', 'delay/capture', 'delay/refund', 'delay/void'].map((verb) => `/v2/payments/${token}/${verb}`),
  `/sandbox/orders/${token}/authorize`,
]

/** Values that are wrong in ways that have broken servers before. */
const nasty = fc.constantFrom<unknown>(
  null,
  true,
  -1,
  0,
  1e308,
  1.5,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e',
  '😀',
  '-1',
  '1e99',
  '9'.repeat(400),
  '0x10',
  'NaN',
  'Infinity',
  '__proto__',
  "'; drop table payment; --",
  '{{7*7}}',
  '<script>',
  'x'.repeat(5_000),
  [],
  [[]],
  {},
  { amount: {} },
  { toString: 1 },
)

const keys = fc.constantFrom(
  'totalAmount',
  'amount',
  'currency',
  'refundAmount',
  'token',
  'merchant',
  'redirectConfirmUrl',
  'redirectCancelUrl',
  'consumer',
  'email',
  'items',
  'quantity',
  'price',
  'merchantReference',
  'merchantProcessorReference',
  'merchantRefundReference',
  'authorizationExpiryMilliseconds',
  'orderExpiryMilliseconds',
  'extensions',
  'type',
  'product',
  'cardNumber',
  'securityCode',
  'expiryYear',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '\0',
)

const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, nasty, fc.jsonValue(), fc.array(tie('any'), { maxLength: 4 }), tie('object')),
  object: fc.dictionary(keys, tie('any'), { maxKeys: 8 }),
}))

/** A right order with one thing wrong in it: gets further into the code than noise does. */
const spoiltOrder = fc.tuple(keys, nasty).map(([key, bad]) => ({
  ...anOrder({ totalAmount: { amount: '0', currency: 'EUR' } }),
  [key]: bad,
}))

const body = fc.oneof(
  { weight: 4, arbitrary: value.object.map((each) => Buffer.from(JSON.stringify(each))) },
  { weight: 4, arbitrary: spoiltOrder.map((each) => Buffer.from(JSON.stringify(each))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.integer({ min: 60, max: 5_000 }).map((depth) => Buffer.from('{"a":['.repeat(depth))) },
)

const contentType = fc.constantFrom(
  undefined,
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-16',
  'text/plain',
  'application/xml',
  'x',
  ';',
  'multipart/form-data',
)

/** The order as it was, and nothing else: the requests above are refused, whatever they say. */
async function stored(): Promise<unknown> {
  const { rows } = await scalapay.database.pool.query(
    `select (select count(*) from payment) payments, (select count(*) from transfer) transfers,
            (select count(*) from attempt) attempts, (select count(*) from idempotency) keys, (select array_agg(state order by state) from payment) states`,
  )
  return rows[0]
}

test(
  'answers ten thousand hostile bodies without a fault, a stack or a trace in the books',
  { timeout: 120_000 },
  async () => {
    const beforeAll = await stored()
    const call = fc.record({ path: fc.nat(), type: contentType, body })
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 50, maxLength: 50 }), async (calls) => {
        await Promise.all(calls.map((each) => assertHarmless(each)))
      }),
      { numRuns: 200 },
    )
    assert.deepEqual(await stored(), beforeAll)
    assert.deepEqual(
      scalapay.log.filter((line) => line.includes('"level":"error"')),
      [],
    )
  },
)

async function assertHarmless(call: { path: number; type: string | undefined; body: Buffer }): Promise<void> {
  const choices = paths()
  const url = choices[call.path % choices.length] ?? '/'
  const type = call.type === undefined ? {} : { 'content-type': call.type }
  const answer = await scalapay.server.inject({
    method: 'POST',
    url,
    headers: { ...headers, ...type },
    payload: call.body,
  })
  const isReference = url === `/v2/orders/${token}`
  assert(answer.statusCode < 500, `${url} ${answer.statusCode} ${answer.body}`)
  if (!isReference) assert(answer.statusCode >= 400, `${url} ${call.body.toString()} ${answer.body}`)
  assert.doesNotMatch(answer.body, /\bat .*\.(ts|js):\d+|node_modules|SyntaxError|TypeError/)
  if (answer.statusCode >= 400) assertEnvelope(answer.json())
}

function assertEnvelope(error: Record<string, unknown>): void {
  assert.deepEqual(Object.keys(error), ['errorCode', 'errorId', 'message', 'httpStatusCode'])
  assert.match(String(error.errorId), /^error-[0-9a-z]+$/)
}

test('answers hostile paths, queries and headers without a fault', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 }).map((each) => encodeURIComponent(each.toWellFormed()))
  const url = fc.oneof(
    text.map((each) => `/v2/payments/${each}`),
    text.map((each) => `/v2/payments/references?merchantOrderReference=${each}&${each}`),
    fc.string({ maxLength: 60 }).map((each) => `/${each.replace(/[^\x21-\x7e]|\\/g, '%')}`),
    fc.constantFrom(
      '/v2/payments/%00',
      '/v2/payments/references?orderToken=a&orderToken=b',
      `/v2/payments/${'9'.repeat(3_000)}`,
    ),
  )
  const key = fc.string({ minLength: 1, maxLength: 300 }).map((each) => each.replace(/[^\x20-\x7e]/g, '\u00ff'))
  await fc.assert(
    fc.asyncProperty(url, key, async (path, idempotencyKey) => {
      const all = { ...headers, 'idempotency-key': idempotencyKey }
      const read = await scalapay.server.inject({ method: 'GET', url: path, headers: all })
      const write = await scalapay.server.inject({ method: 'POST', url: `${path}/void`, headers: all })
      assert(read.statusCode < 500 && write.statusCode < 500, `${path}: ${read.statusCode}, ${write.statusCode}`)
    }),
    { numRuns: 500 },
  )
})

test('keeps card numbers and security codes out of logs, errors and tables', async () => {
  const number = '4000000000000002'
  const code = '9173'
  const answers: string[] = []
  const bodies: object[] = [
    { cardNumber: number, securityCode: code },
    { cardNumber: number, securityCode: `${code}x` },
    { cardNumber: `${number}0000`, securityCode: code },
    { cardNumber: [number], securityCode: { code } },
    { cardNumber: number, securityCode: code, expiryYear: number },
  ]
  const url = `/sandbox/orders/${token}/authorize`
  for (const payload of bodies) {
    answers.push((await scalapay.server.inject({ method: 'POST', url, headers, payload })).body)
    answers.push(
      (await scalapay.server.inject({ method: 'POST', url, headers, payload: `${JSON.stringify(payload)}}` })).body,
    )
  }
  answers.push((await scalapay.server.inject({ method: 'GET', url: `/v2/payments/${number}`, headers })).body)
  const tables = ['payment', 'event', 'attempt', 'transfer', 'idempotency']
  const rows = await Promise.all(tables.map((table) => scalapay.database.pool.query(`select t::text from ${table} t`)))
  const everything = [...answers, ...scalapay.log, ...rows.map(({ rows: found }) => JSON.stringify(found))].join('\n')
  for (const secret of [number, merchantKey, deviceKey]) assert(!everything.includes(secret), secret)
  // Four digits may appear in a time, a token or an id by chance.
  assert.doesNotMatch(everything, new RegExp(`(?<![\\w.:-])${code}(?!\\w)`))
})
