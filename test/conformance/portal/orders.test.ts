import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sumSales } from '../../../src/db/payment/sales.ts'
import { createReadContacts } from '../../../src/jobs/contacts/read-contacts.ts'
import { systemNow } from '../../../src/kernel/clock.ts'
import { type MerchantId, newCommandId, type PaymentId } from '../../../src/kernel/ids.ts'
import { hour, minute, plus } from '../../../src/kernel/instant.ts'
import { profiles } from '../../../src/protocols/profiles.ts'
import { aCard, aNewPayment } from '../../support/payments/factories.ts'
import { anOrder } from '../../support/payments/orders.ts'
import { startPortal } from '../../support/portal/portal.ts'
import { merchantKey, startScalapay } from '../../support/protocols/scalapay.ts'

const scalapay = await startScalapay()
const portal = await startPortal({ database: scalapay.database })
const shop = (await scalapay.database.pool.query(`select id from merchant where prefix = 'SHOP'`)).rows[0]
  .id as MerchantId
const cookie = await portal.cookieOf('owner', shop)

async function api(method: 'GET' | 'POST', url: string, payload?: object) {
  const headers = { authorization: `Bearer ${merchantKey}` }
  return (await scalapay.server.inject({ method, url, headers, ...(payload && { payload }) })).json()
}

async function anOrderThatIs(
  state: 'open' | 'authorized' | 'paid' | 'refunded',
  overrides: object = {},
): Promise<string> {
  const { token } = await api('POST', '/v2/orders', { ...(anOrder() as object), ...overrides })
  if (state === 'open') return token
  await api('POST', `/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' })
  if (state === 'authorized') return token
  await api('POST', '/v2/payments/capture', { token })
  if (state === 'paid') return token
  const { totalAmount } = anOrder() as { totalAmount: object }
  await api('POST', `/v2/payments/${token}/refund`, { refundAmount: totalAmount })
  return token
}

async function ask(path: string) {
  const answer = await portal.server.inject({ url: `/portal/api/merchants/${shop}${path}`, headers: { cookie } })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

const tokens = (orders: readonly { token: string }[]) => orders.map(({ token }) => token)

const paid = await anOrderThatIs('paid', { merchantReference: 'INVOICE 77' })
const authorized = await anOrderThatIs('authorized')
const open = await anOrderThatIs('open')
const refunded = await anOrderThatIs('refunded', {
  consumer: { givenNames: 'A', surname: 'B', email: 'Find.Me@Example.com' },
})
const expired = await anOrderThatIs('open')
scalapay.advance(hour)
await scalapay.runTimer(expired)

test('shows what is worth money, newest first, and hides the rest until asked', async () => {
  const { orders, next } = await ask('/orders')
  assert.deepEqual(tokens(orders), [refunded, authorized, paid])
  assert.equal(next, null)
  const hidden = await ask('/orders?status=expired,open')
  assert.deepEqual(tokens(hidden.orders), [expired, open])
})

test('finds an order by its token, reference, amount and e-mail address', async () => {
  assert.deepEqual(tokens((await ask(`/orders/search?text=${paid.toLowerCase()}`)).orders), [paid])
  assert.deepEqual(tokens((await ask('/orders/search?text=INVOICE%2077')).orders), [paid])
  const { totalAmount } = anOrder() as { totalAmount: { amount: string } }
  const ofAmount = await ask(`/orders/search?text=${totalAmount.amount.replace('.', ',')}`)
  assert.deepEqual(tokens(ofAmount.orders), [expired, refunded, open, authorized, paid])
  assert.deepEqual((await ask('/orders/search?text=123.45')).orders, [])
  const buyerOf = (request: { protocol: string; details: string }) => profiles.get(request.protocol)?.buyerOf?.(request)
  const job = createReadContacts({ pool: scalapay.database.pool, buyerOf })
  assert(await job.nextDue())
  assert.equal(await job.runDue(plus(systemNow(), minute)), 5)
  assert.equal(await job.nextDue(), null)
  assert.deepEqual(tokens((await ask('/orders/search?text=find.me%40example.com')).orders), [refunded])
  assert.deepEqual((await ask('/orders/search?text=nobody%40example.com')).orders, [])
})

test("an order's page holds its story, its money and the request", async () => {
  const page = await ask(`/orders/${refunded}`)
  assert.equal(page.order.status, 'refunded')
  assert.equal(page.open.mayRefund, false)
  assert(page.events.length >= 5)
  assert(page.transfers.some(({ kind }: { kind: string }) => kind === 'refund'))
  assert.equal(JSON.parse(page.request).consumer.email, 'Find.Me@Example.com')
  assert(page.items.length > 0)
  const { plan } = await ask(`/orders/${paid}`)
  assert.deepEqual(
    plan.instalments.map(({ number }: { number: number }) => number),
    [1, 2, 3],
  )
})

test('keeps notes with an order', async () => {
  const note = await portal.server.inject({
    method: 'POST',
    url: `/portal/api/merchants/${shop}/orders/${paid}/notes`,
    headers: { cookie, origin: portal.app.publicUrl },
    payload: { text: 'The shopper called: <b>parcel lost</b>.' },
  })
  assert.equal(note.statusCode, 200, note.body)
  const { notes } = await ask(`/orders/${paid}`)
  assert.deepEqual(
    notes.map(({ text, author }: { text: string; author: string }) => [text, author]),
    [['The shopper called: <b>parcel lost</b>.', 'Ada Verdi']],
  )
})

test('goes on where a page ended', async () => {
  const { orders } = await ask('/orders?status=paid,authorized,refunded,open,expired')
  assert.equal(orders.length, 5)
  const [first] = orders
  const at = BigInt(Date.parse(first.createdAt)) * 1000n
  const { orders: older } = await ask(`/orders?status=paid,authorized,refunded,open,expired&after=${at}.${first.token}`)
  assert.deepEqual(tokens(older), tokens(orders).slice(1))
})

test('says who buys, in the list and with the address on the page', async () => {
  const consumer = { givenNames: 'Zoë', surname: 'Òrsi', email: 'zoe@example.com', phoneNumber: '+39 333 1234567' }
  const shipping = { line1: 'Via Uno 1', postcode: '20100', suburb: 'Milano', countryCode: 'IT' }
  const token = await anOrderThatIs('authorized', { consumer, shipping })
  const { orders } = await ask('/orders')
  const row = orders.find((each: { token: string }) => each.token === token)
  assert.deepEqual(row.buyer, { name: 'Zoë Òrsi', email: 'zoe@example.com' })
  assert.deepEqual((await ask(`/orders/${token}`)).buyer, {
    ...{ name: 'Zoë Òrsi', email: 'zoe@example.com', phone: '+39 333 1234567' },
    address: ['Via Uno 1', '20100 Milano', 'IT'],
  })
})

function press(path: string, payload: object, who = cookie) {
  return portal.server.inject({
    method: 'POST',
    url: `/portal/api/merchants/${shop}/orders/${path}`,
    headers: { cookie: who, origin: portal.app.publicUrl },
    payload,
  })
}

test('refunds once for one press, however often it arrives, and says how much is left when it is too much', async () => {
  const token = await anOrderThatIs('paid')
  const presses = await Promise.all(
    Array.from({ length: 4 }, () => press(`${token}/refund`, { amount: '10.5', key: 'press-one' })),
  )
  assert.deepEqual(
    presses.map(({ statusCode }) => statusCode),
    [200, 200, 200, 200],
  )
  const { order, open: left } = await ask(`/orders/${token}`)
  assert.deepEqual([order.status, order.refunded.amount], ['partially_refunded', '10.50'])
  const tooMuch = await press(`${token}/refund`, { amount: '499.99', key: 'press-two' })
  assert.equal(tooMuch.statusCode, 409)
  assert.equal(tooMuch.json().message, `At most ${left.refund.amount} EUR is open for this.`)
  for (const amount of ['1.001', '-1', '1e3', '', '1,5'])
    assert.equal((await press(`${token}/refund`, { amount, key: 'press-three' })).statusCode, 400, amount)
})

test('captures, delays and voids, and the audit log knows who', async () => {
  const [first, second] = [await anOrderThatIs('authorized'), await anOrderThatIs('authorized')]
  assert.equal((await press(`${first}/delay`, { days: 3, key: 'key-of-delay' })).statusCode, 200)
  assert.equal((await press(`${first}/capture`, { amount: '20.00', key: 'key-of-capture' })).statusCode, 200)
  assert.equal((await press(`${second}/void`, { key: 'key-of-void' })).statusCode, 200)
  const page = await ask(`/orders/${first}`)
  assert.equal(page.order.captured.amount, '20.00')
  assert.deepEqual(
    page.events.map(({ kind, actor }: { kind: string; actor: string | null }) => [kind, actor]),
    [
      ['created', null],
      ['attempt_started', null],
      ['authorized', null],
      ['delayed', 'owner.1@example.com'],
      ['captured', 'owner.1@example.com'],
    ],
  )
  assert.equal((await ask(`/orders/${second}`)).order.status, 'cancelled')
  const { errorCode, detail } = (await press(`${second}/capture`, { key: 'key-too-late' })).json()
  assert.deepEqual([errorCode, detail], ['wrong_state', 'cancelled'])
  const { entries } = await ask('/audit-log')
  const refused = `capture_payment ${second}`
  const wanted = [refused, `void_payment ${second}`, `capture_payment ${first}`, `delay_payment ${first}`]
  assert.deepEqual(
    entries.slice(0, 4).map(({ action, subject }: { action: string; subject: string }) => `${action} ${subject}`),
    wanted,
  )
})

test('a large refund wants a fresh proof, a small one does not', async () => {
  const token = await anOrderThatIs('paid')
  const support = await portal.cookieOf('support', shop)
  portal.advance(11n * minute)
  assert.equal(
    (await press(`${token}/refund`, { amount: '501', key: 'large-refund' }, support)).json().errorCode,
    'step_up_required',
  )
  assert.equal((await press(`${token}/refund`, { amount: '1', key: 'small-refund' }, support)).statusCode, 200)
})

test("narrows the list to days of the shop's own time zone", async () => {
  const { orders } = await ask(`/orders/search?text=${paid}`)
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' }).format(new Date(orders[0].createdAt))
  assert(tokens((await ask(`/orders?from=${day}&to=${day}`)).orders).includes(paid))
  assert.deepEqual((await ask('/orders?to=2020-01-01')).orders, [])
  assert.deepEqual((await ask('/orders?from=2090-01-01')).orders, [])
  const [{ createdAt }] = (await ask(`/orders/search?text=${refunded}`)).orders
  const places = { newer: `${Date.parse('2090-01-01')}000.${paid}`, older: `${Date.parse('2020-01-01')}000.${paid}` }
  assert.deepEqual(tokens((await ask(`/orders?to=${createdAt}&after=${places.newer}`)).orders), [authorized, paid])
  assert.deepEqual((await ask(`/orders?to=${createdAt}&after=${places.older}`)).orders, [])
  for (const query of ['from=yesterday', 'to=9', 'status=paid,stolen']) {
    const answer = await portal.server.inject({
      url: `/portal/api/merchants/${shop}/orders?${query}`,
      headers: { cookie },
    })
    assert.equal(answer.statusCode, 400, query)
  }
})

test('exports what the list shows as a file that no spreadsheet runs, and says so in the audit log', async () => {
  const token = await anOrderThatIs('paid', { merchantReference: '=HYPERLINK("http://evil.example","x")' })
  const answer = await portal.server.inject({
    url: `/portal/api/merchants/${shop}/orders.csv?status=paid`,
    headers: { cookie },
  })
  assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8')
  assert.equal(answer.headers['content-disposition'], 'attachment; filename="orders.csv"')
  const [head = '', ...rows] = answer.body.replace('\ufeff', '').trimEnd().split('\r\n')
  assert.match(head, /^order,reference,.*created \(Europe\/Rome\)/)
  const row = rows.find((each) => each.startsWith(token)) ?? ''
  assert(row.startsWith(`${token},"'=HYPERLINK(""http://evil.example"",""x"")",,paid,`), row)
  const { orders } = await ask('/orders?status=paid')
  assert.deepEqual(
    rows.map((each) => each.split(',')[0]),
    tokens(orders),
  )
  const { entries } = await ask('/audit-log')
  assert.deepEqual([entries[0].action, entries[0].after], ['export_orders', '{"status":"paid"}'])
})

test('keeps filters under a name, for who kept them alone', async () => {
  const view = (method: 'PUT' | 'DELETE', name: string, payload?: object, who = cookie) =>
    portal.server.inject({
      method,
      url: `/portal/api/merchants/${shop}/views/${encodeURIComponent(name)}`,
      headers: { cookie: who, origin: portal.app.publicUrl },
      ...(payload && { payload }),
    })
  assert.equal((await view('PUT', 'Refunds', { status: 'refunded' })).statusCode, 200)
  assert.equal((await view('PUT', 'Refunds', { status: 'refunded', from: '2026-01-01', more: 'x' })).statusCode, 200)
  assert.equal((await view('PUT', 'Wrong', { status: 'stolen' })).statusCode, 400)
  assert.deepEqual((await ask('/views')).views, [
    { name: 'Refunds', query: { status: 'refunded', from: '2026-01-01' } },
  ])
  const colleague = await portal.cookieOf('manager', shop)
  assert.equal((await view('DELETE', 'Refunds', undefined, colleague)).statusCode, 404)
  for (let count = 1; count < 20; count++) assert.equal((await view('PUT', `${count}`, {})).statusCode, 200)
  assert.equal((await view('PUT', 'one more', {})).statusCode, 409)
  assert.equal((await view('PUT', '7', { api: 'x' })).statusCode, 200)
  assert.equal((await view('DELETE', 'Refunds')).statusCode, 200)
})

test('finds an order by the transaction that paid it', async () => {
  const { pool } = scalapay.database
  const bytes = (of: number, length: number) => Buffer.alloc(length, of)
  await pool.query(
    `insert into chain (chain_id, name, coin, confirmations, has_finality) values (77, 'Test', 'TST', 3, false)`,
  )
  await pool.query(
    `insert into chain_transfer (merchant_id, chain_id, transaction, log_index, token, sender, recipient, units, block_number,
       block_hash, block_at, state, payment_id, number, minor, seen_at)
     values ($1, 77, $2, 0, $3, $3, $3, 1, 1, $2, now(), 'seen', $4, 1, 100, now())`,
    [shop, bytes(0xab, 32), bytes(1, 20), paid],
  )
  const hash = `0x${'AB'.repeat(32)}`
  assert.deepEqual(tokens((await ask(`/orders/search?text=${hash}`)).orders), [paid])
  assert.deepEqual((await ask(`/orders/search?text=0x${'cd'.repeat(32)}`)).orders, [])
})

test('shows what arrived on a chain, and how sure it is', async () => {
  const { pool } = scalapay.database
  const merchant = (await scalapay.app.merchants.byKey(merchantKey))?.merchant
  assert(merchant)
  const wanted = { ...aNewPayment({ funding: 'none', product: 'crypto', total: 1_000n }), kind: 'create' } as const
  const made = await scalapay.app.engine.execute({ id: newCommandId(), merchant, paymentId: null, action: wanted })
  assert(made.kind === 'accepted')
  await pool.query('insert into chain_watch (chain_id, head) values (77, 12)')
  await pool.query(
    `insert into chain_transfer (merchant_id, chain_id, transaction, log_index, token, sender, recipient, units, block_number,
       block_hash, block_at, state, payment_id, number, minor, seen_at)
     select $1, 77, $2, 0, $3, $3, $3, 5, 10, $2, now(), 'seen', $4, 1, 250, now()`,
    [shop, Buffer.alloc(32, 0xef), Buffer.alloc(20), made.payment.id],
  )
  const { credits } = await ask(`/orders/${made.payment.id}`)
  const [{ chain, confirmations, state, worth }] = credits
  assert.deepEqual([chain, confirmations, state, worth.amount], ['Test', 3, 'seen', '2.50'])
})

test('exports the audit log with the hashes that prove it', async () => {
  const answer = await portal.server.inject({ url: `/portal/api/merchants/${shop}/audit-log.csv`, headers: { cookie } })
  const [, first = '', second = ''] = answer.body.split('\r\n')
  const hash = first.split(',').at(-1)
  assert.match(String(hash), /^[0-9a-f]{64}$/)
  assert.equal(second.split(',').at(-2), hash)
})

test('says what looks wrong about an order', async () => {
  const token = await anOrderThatIs('paid')
  const merchant = (await scalapay.app.merchants.byKey(merchantKey))?.merchant
  assert(merchant)
  const action = { kind: 'flag', suspicion: 'reference_captured_twice' } as const
  for (const id of [newCommandId(), newCommandId()])
    await scalapay.app.engine.execute({ id, merchant, paymentId: token as PaymentId, action })
  assert.deepEqual((await ask(`/orders/${token}`)).flags, ['reference_captured_twice'])
})
test('staff of a closed merchant sign in, look and refund; nothing is captured, and nobody pays an open order', async () => {
  const [paidBefore, authorizedBefore] = [await anOrderThatIs('paid'), await anOrderThatIs('authorized')]
  const openBefore = await anOrderThatIs('open')
  const { pool } = scalapay.database
  await pool.query('update merchant set disabled_at = now() where id = $1', [shop])
  try {
    const who = await portal.cookieOf('owner', shop)
    assert.equal((await press(`${paidBefore}/refund`, { amount: '1.00', key: 'closed-1' }, who)).statusCode, 200)
    assert.equal((await press(`${authorizedBefore}/capture`, { key: 'closed-2' }, who)).statusCode, 409)
    const merchant = await scalapay.app.merchants.byPaymentId(openBefore as PaymentId)
    assert(merchant?.isDisabled)
    const paidNow = await scalapay.app.authorizeOrder({
      merchant,
      paymentId: openBefore as PaymentId,
      card: aCard({ number: '4242424242424242' }),
    })
    assert.equal(paidNow.kind, 'refused')
  } finally {
    await pool.query('update merchant set disabled_at = null where id = $1', [shop])
  }
})

test('sums the newest orders of a shop that has too many, and says since when', async () => {
  const range = { merchantId: shop, from: plus(systemNow(), -24n * hour), timeZone: 'Europe/Rome' }
  const pool = scalapay.database.pool
  const all = await sumSales(pool, { ...range, most: 1_000 })
  assert.equal(all.since, null)
  const newest = await sumSales(pool, { ...range, most: 2 })
  const { rows } = await pool.query(
    'select created_at from payment where merchant_id = $1 order by created_at desc offset 1 limit 1',
    [shop],
  )
  assert.equal(newest.since, rows[0].created_at)
  const paidIn = ({ days }: typeof all) => days.reduce((sum, { paid: count }) => sum + count, 0)
  assert(paidIn(newest) < paidIn(all))
  assert.equal((await ask('/sales')).since, null)
})
