import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  aPayment,
  approvedCard,
  payPath,
  requestPayment,
  rowCounts,
  startSalescloud,
} from '../../support/protocols/salescloud.ts'

const salescloud = await startSalescloud()

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
  '\0',
  '\ud800',
  '😀',
  '-1',
  '9'.repeat(400),
  '__proto__',
  "'; drop table payment; --",
  'x'.repeat(5_000),
  [],
  [[]],
  {},
  { uuid: {} },
  { toString: 1 },
  { isLosslessNumber: true, value: '1' },
)

const keys = fc.constantFrom(
  'namespace',
  'amount',
  'currency_code',
  'details',
  'requestId',
  'billingInfo',
  'shippingInfo',
  'comment',
  'deliveryService',
  'deliveryServicePrice',
  'coupon',
  'location',
  'deliveryTime',
  'items',
  'unit',
  'discounts',
  'uuid',
  'quantity',
  'variations',
  'cardNumber',
  'cardSecurityCode',
  'expiryMonth',
  'expiryYear',
  '__proto__',
  'constructor',
  'toJSON',
  '',
  '\0',
)

const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, nasty, fc.jsonValue(), fc.array(tie('any'), { maxLength: 4 }), tie('object')),
  object: fc.dictionary(keys, tie('any'), { maxKeys: 8 }),
}))

const goodItem = { uuid: 'b80e6d25-4f97-4a1c-93d8-7c2f5e0ab146', quantity: 1 }

/** A right request with one thing wrong in it: gets further into the code than noise does. */
const spoilt = fc
  .tuple(fc.constantFrom('top', 'details', 'item'), keys, fc.oneof(nasty, fc.jsonValue()))
  .map(([place, key, bad]) => {
    if (place === 'details') return aPayment({ details: { ...approvedCard, [key]: bad } })
    if (place === 'item') return aPayment({ amount: 450, items: [{ ...goodItem, [key]: bad }] })
    return aPayment({ [key]: bad })
  })

const body = fc.oneof(
  { weight: 3, arbitrary: value.object.map((each) => Buffer.from(JSON.stringify(each))) },
  { weight: 6, arbitrary: spoilt.map((each) => Buffer.from(JSON.stringify(each))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.integer({ min: 30, max: 50_000 }).map((depth) => Buffer.from('{"a":['.repeat(depth))) },
)

const contentType = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-8',
  'application/vnd.shop+json',
  'application/json;charset=utf-16',
  'text/plain',
  'x',
  ';',
  'multipart/form-data',
)

test('answers hostile bodies with 200 or 404, and a 404 leaves no row and no call', { timeout: 120_000 }, async () => {
  const call = fc.tuple(body, contentType)
  let requested = 0
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 25, maxLength: 25 }), async (calls) => {
      const before = await rowCounts(salescloud)
      const callsBefore = salescloud.calls.length
      const answers = await Promise.all(calls.map(([bytes, type]) => answerTo(bytes, type)))
      const paid = new Set(answers.flatMap((answer) => (answer.status === 200 ? [answer.transactionId] : [])))
      requested += paid.size
      const after = await rowCounts(salescloud)
      assert.equal(salescloud.calls.length - callsBefore <= paid.size, true, 'a call for what was answered 404')
      assert.equal(
        Number(after.payments) - Number(before.payments) <= paid.size,
        true,
        'a row for what was answered 404',
      )
    }),
    { numRuns: 80 },
  )
  assert(requested > 0, 'some of them were right after all')
  assert.deepEqual(
    salescloud.log.filter((line) => line.includes('"level":"error"')),
    [],
  )
})

async function answerTo(bytes: Buffer, type: string): Promise<{ status: number; transactionId: unknown }> {
  const { status, text, json } = await requestPayment(salescloud, bytes, { headers: { 'content-type': type } })
  assert(status === 200 || status === 404, `${status} ${text}`)
  assert.deepEqual(Object.keys(json), ['success', 'errorCode', 'paymentTransaction'])
  assert.equal(json.paymentTransaction.status, json.success ? 'success' : 'failure')
  assert.equal(json.errorCode === 0, json.success)
  assert.doesNotMatch(text, /\bat .*\.(ts|js):\d+|node_modules|SyntaxError|TypeError/)
  return { status, transactionId: json.paymentTransaction.payload.transactionId }
}

test('answers hostile paths and headers with 404 alone', async () => {
  const part = fc.string({ unit: 'binary', maxLength: 40 }).map((each) => encodeURIComponent(each.toWellFormed()))
  const raw = fc.string({ maxLength: 60 }).map((each) => each.replace(/[^\x21-\x7e]|[\\#?]/g, '%'))
  const url = fc.oneof(
    fc.array(part, { maxLength: 6 }).map((parts) => `/v/${parts.join('/')}`),
    raw.map((each) => `/v/${each}`),
    part.map((each) => `${payPath}/${each || 'x'}`),
  )
  await fc.assert(
    fc.asyncProperty(url, fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), async (path, method) => {
      const answer = await salescloud.server.inject({ method: method as 'GET', url: path })
      const isForm = method === 'GET' && answer.body.includes('"details"')
      assert(answer.statusCode === 404 || isForm, `${method} ${path}: ${answer.statusCode}`)
      assert.match(String(answer.headers['content-type']), /^application\/json/)
      answer.json()
    }),
    { numRuns: 400 },
  )
})

test('keeps card numbers and security codes out of logs, answers and every table', async () => {
  const number = '4000000000009995'
  const code = '9173'
  const details = { ...approvedCard, cardNumber: number, cardSecurityCode: code }
  const bodies: (object | string)[] = [
    aPayment({ details, requestId: 'canary' }),
    aPayment({ details, requestId: 'canary' }),
    aPayment({ details, requestId: 'canary', comment: 'another' }),
    aPayment({ details: { ...details, expiryMonth: number } }),
    aPayment({ details: { ...details, cardNumber: `${number}99999` } }),
    aPayment({ details, comment: `my card is ${number}` }),
    aPayment({ details, requestId: number }),
    aPayment({ details, [number]: code }),
    aPayment({ details: [details] }),
    aPayment({ details, amount: 999, items: [goodItem] }),
    `${JSON.stringify(aPayment({ details }))}}`,
    JSON.stringify(aPayment({ details })).replace('"amount"', '"cardNumber"'),
  ]
  const answers: string[] = []
  for (const payload of bodies) answers.push((await requestPayment(salescloud, payload)).text)
  answers.push((await requestPayment(salescloud, aPayment({ details }), { path: `/v/1/${number}/a/b` })).text)
  const { pool } = salescloud.database
  const tables = await pool.query<{ name: string }>(`select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`)
  const rows = await Promise.all(tables.rows.map(({ name }) => pool.query(`select t::text from "${name}" t`)))
  const stored = rows.map(({ rows: found }) => JSON.stringify(found)).join('\n')
  assert(stored.includes('canary'), 'the rows are there to be searched')
  const everything = [...answers, ...salescloud.log, stored].join('\n')
  assert(!everything.includes(number))
  // Four digits may appear in a time, a token or an id by chance.
  assert.doesNotMatch(everything, new RegExp(`(?<![\\w.:-])${code}(?!\\w)`))
})
