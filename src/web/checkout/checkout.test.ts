import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { startCheckout } from '../../../test/support/pages/checkout.ts'
import { hiddenFields, testShopper } from '../../../test/support/pages/shopper.ts'
import { merchantKey } from '../../../test/support/protocols/scalapay.ts'
import { testSealer } from '../../../test/support/protocols/webhooks.ts'
import type { App, AuthorizeOrder } from '../../app/app.ts'
import { createAuthorizeOrder } from '../../app/attempt/authorize-order.ts'
import { createOrderBrake } from '../../app/attempt/brake-authorize-order.ts'
import { Unavailable } from '../../engine/command.ts'
import { millisOf, minute } from '../../kernel/instant.ts'

const urls = { confirm: 'https://shop.example/ok?cart=7', cancel: 'https://shop.example/ko#basket' }
const approved = { number: '4242 4242 4242 4242', expiry: '12/39', code: '917' }
const declined = { ...approved, number: '4000 0000 0000 9995' }

/** What the tests change in the running server; put back by whoever changed it. */
const changed: { app: Partial<Pick<App, 'returnUrls' | 'payments'>>; authorize?: AuthorizeOrder | undefined } = {
  app: {},
}

const checkout = await startCheckout((app) => ({
  returnUrls: (stored) => (changed.app.returnUrls ?? app.returnUrls)(stored),
  authorizeOrder: (order) => (changed.authorize ?? app.authorizeOrder)(order),
  payments: { ...app.payments, find: (...of) => (changed.app.payments ?? app.payments).find(...of) },
}))

type Options = { readonly language?: string; readonly method?: 'GET' | 'PUT' | 'DELETE' }

/** The sandbox's test shopper, signed in from the beginning. */
const shopper = testShopper(checkout.server)
const first = `/checkout/${await checkout.order()}`
await shopper.post(`${first}/sign-in`, { contact: '+393330000001' }, first)
await shopper.post(`${first}/code`, { code: '123456', remember: 'yes' }, first)
const { form: formToken = '' } = hiddenFields((await shopper.get(first)).body)

function get(path: string, { language = 'en', method = 'GET' }: Options = {}) {
  if (language === 'en' && method === 'GET') return shopper.get(`/checkout${path}`)
  return checkout.server.inject({ method, url: `/checkout${path}`, headers: { 'accept-language': language } })
}

/** Confirms the order of 90 EUR with a new card; a text is sent as it is. */
function post(
  token: string,
  form: Readonly<Record<string, string>> | string,
  type = 'application/x-www-form-urlencoded',
) {
  const url = `/checkout/${token}/pay`
  if (typeof form !== 'string') return shopper.post(url, { form: formToken, total: '9000', card: 'new', ...form })
  return checkout.server.inject({ method: 'POST', url, headers: { 'content-type': type }, payload: form })
}

test('shows shop, amount, plan and reference at both forms of the address', async () => {
  const token = await checkout.order()
  for (const path of [`/${token}`, `?token=${token}`, `/${token}/`]) {
    const { statusCode, body } = await get(path)
    assert.equal(statusCode, 200, path)
    for (const part of [
      'Sandbox Shop',
      '€90.00',
      'in 3 payments',
      'Today',
      '€30.00',
      'ORD-7',
      `action="/checkout/${token}/pay"`,
    ])
      assert(body.includes(part), `${path}: ${part}`)
  }
})

test('speaks the language of the browser', async () => {
  const token = await checkout.order({ product: 'later' })
  const { body, headers } = await get(`/${token}`, { language: 'it-IT,it;q=0.9,en;q=0.5' })
  assert.match(body, /<html lang="it-IT">.*90,00\s€.*da pagare entro il .*Il tuo numero o la tua e-mail/s)
  assert.equal(headers.vary, 'accept-language, cookie')
})

test('pay later shows the day that the order itself asks for, in the zone of the merchant', async () => {
  const frequency = { number: '30', frequencyType: 'daily' }
  const token = await checkout.order({ product: 'later', frequency })
  const dayIn = (days: number) =>
    Temporal.Instant.fromEpochMilliseconds(millisOf(checkout.app.clock.now()))
      .toZonedDateTimeISO('Europe/Rome')
      .toPlainDate()
      .add({ days })
  const due = (days: number) => dayIn(days).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
  const { body } = await get(`/${token}`, { language: 'en' })
  assert(body.includes(`pay by ${due(30)}`))
  const headers = { authorization: `Bearer ${merchantKey}` }
  const plan = await checkout.server.inject({ url: `/sandbox/orders/${token}/plan`, headers })
  const [{ dueAt }] = plan.json().instalments
  assert.equal(dueAt, dayIn(30).toString(), 'the plan is the page’s')
  const usual = await get(`/${await checkout.order({ product: 'later', frequency: undefined })}`)
  assert(usual.body.includes(`pay by ${due(14)}`))
})

test('sends headers that let nothing run, nobody frame, and nothing be kept or told', async () => {
  const token = await checkout.order({}, urls)
  for (const path of [`/${token}`, '/NOSUCHTOKEN1', '/a/b/c', '']) {
    const { headers, body } = await get(path)
    assert.match(
      `${headers['content-security-policy']}`,
      /^default-src 'none'; style-src 'self';.*frame-ancestors 'none'/,
    )
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers['content-type'], 'text/html; charset=utf-8')
    assert.doesNotMatch(
      body,
      /<script(?! src="\/assets\/pages-[\w-]{12}\.js" defer><\/script>)|<style|\sstyle=|\son\w+=|javascript:/i,
    )
  }
})

test('serves style and script under names made of their content, to be kept for ever', async () => {
  const { body } = await get('/NOSUCHTOKEN1')
  for (const [found, type] of [
    [/href="(\/assets\/pages-[\w-]{12}\.css)"/.exec(body), 'text/css; charset=utf-8'],
    [/src="(\/assets\/pages-[\w-]{12}\.js)"/.exec(body), 'text/javascript; charset=utf-8'],
  ] as const) {
    assert(found?.[1])
    const { headers, statusCode } = await checkout.server.inject({ url: found[1] })
    assert.equal(statusCode, 200)
    assert.equal(headers['content-type'], type)
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
  }
})

test('speaks the language that a visitor chooses, and remembers it', async () => {
  const token = await checkout.order()
  const chosen = await checkout.server.inject({ url: `/checkout?token=${token}&lang=is` })
  assert.equal(chosen.statusCode, 303)
  assert.equal(chosen.headers.location, `/checkout?token=${token}`)
  const cookie = `${chosen.headers['set-cookie']}`.split(';')[0] ?? ''
  assert.equal(cookie, 'tercet_language=is')
  const page = await checkout.server.inject({ url: `/checkout/${token}`, headers: { cookie, 'accept-language': 'en' } })
  assert.match(page.body, /<html lang="is-IS">/)
  for (const url of ['//evil.example/%2e%2e?lang=it', '/checkout//evil.example?lang=it', '/checkout/a?lang=xx'])
    assert.doesNotMatch(`${(await checkout.server.inject({ url })).headers.location ?? ''}`, /^\/\/|^\w+:/, url)
})

test('sends an approved shopper to the shop, and again when the form is sent twice', async () => {
  const token = await checkout.order({}, urls)
  for (let i = 0; i < 2; i++) {
    const { statusCode, headers } = await post(token, approved)
    assert.equal(statusCode, 303)
    assert.equal(headers.location, `https://shop.example/ok?cart=7&orderToken=${token}&status=SUCCESS`)
  }
  assert.equal(await checkout.stateOf(token), 'authorized')
  const page = await get(`/${token}`)
  assert.equal(page.statusCode, 200)
  assert(page.body.includes(`href="https://shop.example/ok?cart=7&amp;orderToken=${token}&amp;status=SUCCESS"`))
})

test('authorizes once when the form is sent ten times at the same moment', async () => {
  const token = await checkout.order({}, urls)
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(token, approved)))
  const places = new Set(answers.map(({ statusCode, headers }) => `${statusCode} ${headers.location}`))
  places.delete(`303 https://shop.example/ok?cart=7&orderToken=${token}&status=SUCCESS`)
  places.delete(`303 /checkout/${token}`)
  assert.deepEqual([...places], [])
  const { rows } = await checkout.database.pool.query('select count(*)::int as n from attempt where payment_id = $1', [
    token,
  ])
  assert.equal(rows[0].n, 1)
  assert.equal(await checkout.stateOf(token), 'authorized')
})

test('says calmly that a card was declined and takes another one', async () => {
  const token = await checkout.order({}, urls)
  const answer = await post(token, declined)
  assert.equal(answer.statusCode, 303)
  assert.equal(answer.headers.location, `/checkout/${token}`)
  const { body } = await get(`/${token}`)
  assert.match(body, /<title>Error: .*role="alert".*There is not enough money available on this card/s)
  assert.doesNotMatch(body, /9995/)
  assert.equal(await checkout.stateOf(token), 'created')
  assert.match(`${(await post(token, approved)).headers.location}`, /status=SUCCESS$/)
})

test('names the fields that cannot be read, tied to their inputs, and repeats nothing that was typed', async () => {
  const token = await checkout.order()
  const { statusCode, body } = await post(token, { number: '4242424242424241x', expiry: '13/39', code: '' })
  assert.equal(statusCode, 422)
  assert.doesNotMatch(body, /4242424242424241|13\/39/)
  for (const field of ['number', 'expiry', 'code']) {
    assert.match(body, new RegExp(`<a href="#${field}">`))
    assert.match(
      body,
      new RegExp(`<input id="${field}"[^>]*aria-describedby="[^"]*${field}-problem"[^>]*aria-invalid="true"`),
    )
    assert.match(body, new RegExp(`id="${field}-problem"`))
  }
  assert.equal(await checkout.stateOf(token), 'created')
})

test('marks what a mistake in one field emptied, and keeps which card was chosen', async () => {
  const token = await checkout.order()
  for (const [field, wrong] of [
    ['number', '4242 4242 4242 4241'],
    ['expiry', '13/39'],
    ['code', '1'],
  ] as const) {
    const { statusCode, body } = await post(token, { ...approved, [field]: wrong })
    assert.equal(statusCode, 422)
    const marked = [...body.matchAll(/<input id="(\w+)"[^>]*aria-invalid="true"/g)].map(([, name]) => name)
    assert.deepEqual(marked, ['number', 'expiry', 'code'], field)
    assert.deepEqual(
      [...body.matchAll(/<li><a href="#(\w+)">/g)].map(([, name]) => name),
      marked,
    )
    assert.doesNotMatch(body, /<input id="(number|expiry|code)"[^>]* value=/)
    assert.match(body, /name="card" value="new" checked/)
  }
})

test('takes no more cards for an order than a shopper owns, and says the same of every card', async () => {
  const token = await checkout.order({}, urls)
  const inParallel = await Promise.all(Array.from({ length: 40 }, () => post(token, declined)))
  for (let n = 0; n < 12; n++) await post(token, declined)
  const braked = [await post(token, declined), await post(token, approved)]
  for (const answer of braked) {
    assert.equal(answer.statusCode, 429)
    assert.match(answer.body, /Too many tries/)
  }
  const [bad, good] = braked.map(({ body }) => body.replace(/nonce="[^"]*"/g, ''))
  assert.equal(bad, good)
  assert.equal(await checkout.stateOf(token), 'created')
  const { rows } = await checkout.database.pool.query(
    'select count(*)::int as count from attempt where payment_id = $1',
    [token],
  )
  assert.ok(inParallel.length > 10 && rows[0].count === 10, `${rows[0].count} cards reached the acquirer`)
})

test('shows that an order of a closed shop has ended, and takes no card for it', async (context) => {
  const token = await checkout.order()
  const close = (at: string) =>
    checkout.database.pool.query(`update merchant set disabled_at = ${at} where prefix = $1`, [token.slice(0, 4)])
  context.after(() => close('null'))
  await close('now()')
  const page = await checkout.server.inject(`/checkout/${token}`)
  assert.equal(page.statusCode, 410)
  assert.doesNotMatch(page.body, /<form[^>]*method="post"/)
  await post(token, approved)
  assert.equal(await checkout.stateOf(token), 'created')
  await close('null')
  assert.equal((await checkout.server.inject(`/checkout/${token}`)).statusCode, 200)
})

test('brakes an address over several orders', async (context) => {
  context.after(() => delete changed.authorize)
  const outcome = { kind: 'declined', reason: 'card_declined', code: '1', payload: {} } as const
  const acquirer = { name: 'refusing', perform: async () => outcome, find: async () => outcome }
  const refusing = createAuthorizeOrder({
    engine: checkout.app.engine,
    choose: async () => ({ key: acquirer.name, acquirer }),
    acquirers: async () => acquirer,
    sealer: testSealer,
    keepCard: async () => undefined,
  })
  changed.authorize = createOrderBrake({ declinesPerHourPerAddress: 3 }).authorize(refusing)
  for (let n = 0; n < 3; n++) assert.equal((await post(await checkout.order(), declined)).statusCode, 303)
  assert.equal((await post(await checkout.order(), approved)).statusCode, 429)
})

test('asks for the number again when its check digit is wrong, and asks no acquirer', async () => {
  const token = await checkout.order()
  const { statusCode, body } = await post(token, { ...approved, number: '4242 4242 4242 4241' })
  assert.equal(statusCode, 422)
  assert.match(body, /Check the card number/)
  const { rows } = await checkout.database.pool.query('select from attempt where payment_id = $1', [token])
  assert.equal(rows.length, 0)
})

test('sends a shopper who leaves to the cancel address, unless the order is paid by then', async () => {
  const token = await checkout.order({}, urls)
  const left = await get(`/${token}/cancel`)
  assert.equal(left.statusCode, 303)
  assert.equal(left.headers.location, `https://shop.example/ko?orderToken=${token}&status=FAILED#basket`)
  await post(token, approved)
  assert.match(`${(await get(`/${token}/cancel`)).headers.location}`, /ok\?cart=7&orderToken=\w+&status=SUCCESS$/)
})

test('sends a shopper of a paid and refunded order back as one who paid', async () => {
  const token = await checkout.order({}, urls)
  await post(token, approved)
  const act = (path: string, payload: object) =>
    checkout.server.inject({
      method: 'POST',
      url: `/v2/payments/${path}`,
      headers: { authorization: `Bearer ${merchantKey}` },
      payload,
    })
  await act('capture', { token })
  const refunded = await act(`${token}/refund`, { refundAmount: { amount: '90.00', currency: 'EUR' } })
  assert.equal(refunded.statusCode, 200, refunded.body)
  assert.match((await get(`/${token}`)).body, /This order is closed.*ok\?cart=7&amp;orderToken=\w+&amp;status=SUCCESS/s)
  assert.match(`${(await get(`/${token}/cancel`)).headers.location}`, /ok\?cart=7&orderToken=\w+&status=SUCCESS$/)
})

test('says that the payment has expired once its shop has voided it unpaid', async () => {
  const token = await checkout.order({}, urls)
  const headers = { authorization: `Bearer ${merchantKey}` }
  await checkout.server.inject({ method: 'POST', url: `/v2/payments/${token}/void`, headers })
  for (const answer of [await get(`/${token}`), await post(token, approved)]) {
    assert.equal(answer.statusCode, 410)
    assert.match(answer.body, /This payment has expired/)
  }
})

test('says that a payment is being checked while nobody knows its outcome, and takes no second card', async (context) => {
  context.after(() => delete changed.authorize)
  const unknown = { kind: 'unknown', detail: 'no answer' } as const
  const silent = { name: 'silent', perform: async () => unknown, find: async () => unknown }
  changed.authorize = createAuthorizeOrder({
    engine: checkout.app.engine,
    choose: async () => ({ key: silent.name, acquirer: silent }),
    acquirers: async () => silent,
    sealer: testSealer,
    keepCard: async () => undefined,
  })
  const token = await checkout.order({}, urls)
  for (const send of [() => post(token, approved), () => post(token, approved), () => get(`/${token}/cancel`)]) {
    const { statusCode, headers } = await send()
    assert.equal(statusCode, 303)
    assert.equal(headers.location, `/checkout/${token}`)
  }
  const { statusCode, body } = await get(`/${token}`)
  assert.equal(statusCode, 200)
  assert.match(body, new RegExp(`We are checking your payment.*href="/checkout/${token}">Check again`, 's'))
  assert.doesNotMatch(body, /<form/)
})

test('closes an order whose time is up, before and after the job that expires it', async () => {
  const token = await checkout.order({ orderExpiryMilliseconds: 60_000 }, urls)
  checkout.advance(minute)
  const check = async () => {
    for (const answer of [await get(`/${token}`), await post(token, approved)]) {
      assert.equal(answer.statusCode, 410)
      assert.match(
        answer.body,
        /This payment has expired.*href="https:\/\/shop.example\/ko\?orderToken=\w+&amp;status=FAILED#basket"/s,
      )
    }
    assert.match(`${(await get(`/${token}/cancel`)).headers.location}`, /status=FAILED/)
  }
  await check()
  await checkout.runTimer(token)
  assert.equal(await checkout.stateOf(token), 'expired')
  await check()
})

test('answers 404 with a page for everything that is not an order', async () => {
  const hostile = ['NOSUCHTOKEN1', 'x', '%00', '%ff', '..%2f..%2fetc', '__proto__', "'%20or%201=1--", 'A'.repeat(2_000)]
  for (const token of hostile) {
    for (const path of [`/${token}`, `?token=${token}`, `/${token}/cancel`, `/${token}/x/y`]) {
      const { statusCode, headers } = await get(path)
      assert(statusCode >= 400 && statusCode < 500, `${path}: ${statusCode}`)
      assert.match(`${headers['content-type']}`, /^text\/html|json/, path)
    }
  }
  for (const path of ['', '?token=', '?token=A&token=B', '?token[a]=b', '/NOSUCHTOKEN1', '/a/b/c']) {
    const { statusCode, body } = await get(path)
    assert.equal(statusCode, 404, path)
    assert.match(body, /We cannot find this payment/)
  }
  assert.equal((await post('NOSUCHTOKEN1', approved)).statusCode, 404)
})

test('answers other methods, other kinds of body and large ones with a page', async () => {
  const token = await checkout.order()
  const wrong = await get(`/${token}`, { method: 'DELETE' })
  assert.equal(wrong.statusCode, 405)
  assert.equal(wrong.headers.allow, 'GET, HEAD')
  assert.match(wrong.body, /<!doctype html>/)
  assert.equal((await post(token, JSON.stringify(approved), 'application/json')).statusCode, 415)
  const large = await post(token, `number=${'4'.repeat(9_000)}`)
  assert.equal(large.statusCode, 413)
  assert.match(large.body, /We could not read what was sent/)
})

test('survives any form without an error of its own', async () => {
  const token = await checkout.order()
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
      const answers = [await post(token, text), await post(token, { number: text, expiry: text, code: text })]
      assert.deepEqual(
        answers.map(({ statusCode }) => statusCode),
        [403, 422],
      )
    }),
    { numRuns: 50 },
  )
})

test('prints hostile names as text', async (context) => {
  const hostile = `"><img src=x onerror=alert(1)>'</title><script>1</script>\u202egnp`
  const { pool } = checkout.database
  await pool.query("update merchant set name = $1 where name = 'Sandbox Shop'", [hostile])
  context.after(() => pool.query("update merchant set name = 'Sandbox Shop' where name = $1", [hostile]))
  const token = await checkout.order({ merchantReference: hostile })
  const { body } = await get(`/${token}`)
  assert.doesNotMatch(body, /<img|<script>|<\/title><script/)
  assert.equal(body.split('&lt;img src=x onerror=alert(1)&gt;').length, 4)
  assert.match(body, /<bdi>&quot;&gt;&lt;img/)
})

test('has no hint of sandboxes in live mode, and answers below the path of a proxy', async () => {
  const live = await startCheckout(() => ({ mode: 'live', publicUrl: 'https://pay.example/tercet' }))
  const home = `/checkout/${await live.order()}`
  const person = testShopper(live.server)
  const { body } = await person.get(home)
  assert.doesNotMatch(body, /Sandbox<|4242|123456|This is a test/)
  assert(body.includes(`action="/tercet${home}/sign-in"`))
  const answer = await person.post(`${home}/sign-in`, { contact: '+393330000001' }, home)
  assert.equal(answer.headers.location, `/tercet${home}`)
  assert.match(
    `${(await live.server.inject({ url: home })).headers['set-cookie']}`,
    /Path=\/tercet\/; HttpOnly; Secure; SameSite=Lax/,
  )
})

test('ends on its own page when an order has no shop to go back to', async (context) => {
  context.after(() => {
    changed.app = {}
  })
  changed.app = { returnUrls: () => undefined }
  const token = await checkout.order()
  const form = await get(`/${token}`)
  assert.doesNotMatch(form.body, /\/cancel"/)
  assert.match(`${form.headers['content-security-policy']}`, /form-action 'self' http:$/)
  for (const answer of [await post(token, approved), await get(`/${token}/cancel`)])
    assert.equal(answer.headers.location, `/checkout/${token}`)
  assert.match((await get(`/${token}`)).body, /Your payment is approved.*you can close this page/s)
})

test('shows an outage and a bug as pages, with the id that is in the log and nothing else of them', async (context) => {
  context.after(() => {
    changed.app = {}
  })
  const token = await checkout.order()
  const failing = (error: Error): void => {
    changed.app = { payments: { ...checkout.app.payments, find: () => Promise.reject(error) } }
  }
  failing(new Unavailable('database gone', { retryAfterSeconds: 3 }))
  const away = await get(`/${token}`)
  assert.equal(away.statusCode, 503)
  assert.equal(away.headers['retry-after'], '3')
  assert.match(away.body, /We cannot answer just now\. If you have just paid/)
  assert.doesNotMatch(away.body, /busy|popular/)
  failing(new Error('select failed at 10.0.0.7'))
  const broken = await post(token, approved)
  assert.equal(broken.statusCode, 500)
  for (const { body } of [away, broken]) {
    assert.doesNotMatch(body, /database gone|10\.0\.0\.7/)
    const id = /error-[a-z0-9]{16}/.exec(body)?.[0]
    assert(id && checkout.log.some((line) => line.includes(id)))
    assert(body.includes(`href="/checkout/${token}`))
  }
})

test('writes no card number and no security code to the log or the database', async () => {
  const token = await checkout.order()
  await post(token, declined)
  await post(token, approved)
  const { rows } = await checkout.database.pool.query(
    "select table_name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'",
  )
  const tables = await Promise.all(
    rows.map(async ({ table_name }) => {
      const dump = await checkout.database.pool.query(`select t::text from "${table_name}" t`)
      return JSON.stringify(dump.rows)
    }),
  )
  for (const sink of [...tables, ...checkout.log]) {
    assert.doesNotMatch(sink, /4000 ?0000 ?0000 ?9995|4242 ?4242 ?4242 ?4242/)
    assert.doesNotMatch(sink, /\b917\b/)
  }
})

test('explains the product where the configuration of a shop links to', async () => {
  const promotion = '/how-it-works'
  const { statusCode, body } = await checkout.server.inject({ url: promotion, headers: { 'accept-language': 'it' } })
  assert.equal(statusCode, 200)
  assert(body.includes('Compra ora, paga nel tempo'))
})
