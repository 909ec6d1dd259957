import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startCheckout } from '../../../test/support/pages/checkout.ts'
import { aProfile, testShopper } from '../../../test/support/pages/shopper.ts'
import { merchantKey } from '../../../test/support/protocols/scalapay.ts'
import type { Plans } from '../../app/instalments/plans.ts'

const checkout = await startCheckout()
const { server } = checkout

async function bought(contact: string) {
  const token = await checkout.order()
  const home = `/checkout/${token}`
  const shopper = testShopper(server)
  await shopper.signIn(home, contact)
  await shopper.post(`${home}/profile`, aProfile, home)
  const card = { card: 'new', number: '4242 4242 4242 4242', expiry: '12/39', code: '123' }
  assert.match(`${(await shopper.post(`${home}/pay`, card, home)).headers.location}`, /SUCCESS/)
  return { token, shopper }
}

test('asks who comes to sign in, and leads back here', async () => {
  const somebody = testShopper(server)
  assert.match((await somebody.get('/account')).body, /action="\/account\/sign-in"/)
  await somebody.signIn('/account')
  assert.match((await somebody.get('/account')).body, /Your account.*You have no purchases yet.*Visa •••• 4242/s)
})

test('shows a shopper their own purchases with their plans, cards and sessions, and nobody else’s', async () => {
  const ada = await bought('ada.account@example.com')
  const bob = await bought('bob.account@example.com')
  const { body } = await ada.shopper.get('/account')
  assert.match(body, /Sandbox Shop.*€30\.00.*Scheduled.*This device/s)
  assert(body.includes(ada.token))
  assert(!body.includes(bob.token))
  const answer = await ada.shopper.post('/account/pay', { order: bob.token, instalment: 'all' }, '/account')
  assert.match(answer.body, /There was nothing to pay/)
  const data = (await ada.shopper.get('/account/data')).json<{ purchases: { order: string }[]; cards: object[] }>()
  assert.deepEqual(
    data.purchases.map(({ order }) => order),
    [ada.token],
  )
  assert.deepEqual(data.cards, [{ brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2039 }])
  assert.equal((await ada.shopper.get(`/account/orders/${bob.token}`)).headers.location, '/account')
  assert.match(
    (await ada.shopper.get(`/account/orders/${ada.token}`)).body,
    /Receipt.*Sandbox Shop.*Chair.*€90\.00.*Scheduled/s,
  )
})

test('keeps the card of an open plan, and ends sessions', async () => {
  const { shopper } = await bought('cara.account@example.com')
  const { body } = await shopper.get('/account')
  assert.match(body, /can be removed once it is paid/)
  assert.doesNotMatch(body, /action="\/account\/remove-card"/)
  const other = testShopper(server)
  await other.signIn('/account', 'cara.account@example.com')
  const session = /name="session" value="([\w-]{36})"/.exec((await shopper.get('/account')).body)?.[1]
  assert(session)
  await shopper.post('/account/end-session', { session }, '/account')
  assert.match((await other.get('/account')).body, /name="contact"/)
  await shopper.post('/account/sign-out', {}, '/account')
  assert.match((await shopper.get('/account')).body, /name="contact"/)
})

test('keeps the card of an open plan, and shows the plan, however many orders came after it', async () => {
  const { shopper, token } = await bought('thea.account@example.com')
  const { pool } = checkout.database
  // Orders that the shopper tried to pay later: more than one page of the account.
  await pool.query(
    `with own as (select * from shopper_order where payment_id = $1),
       later as (select merchant_id, shopper_id, payment_id || n as payment_id, created_at + n * interval '1 minute' as at
         from own, generate_series(1, 30) n),
       opened as (insert into checkout (merchant_id, payment_id, shopper_id, updated_at)
         select merchant_id, payment_id, shopper_id, at from later)
     insert into shopper_order (merchant_id, payment_id, shopper_id, created_at)
       select merchant_id, payment_id, shopper_id, at from later`,
    [token],
  )
  const { rows } = await pool.query<{ card: string }>(
    `select card_id as card from shopper_card join shopper_order using (shopper_id) where payment_id = $1`,
    [token],
  )
  await shopper.post('/account/remove-card', { card: rows[0]?.card ?? '' }, '/account')
  const { body } = await shopper.get('/account')
  assert.match(body, /Visa •••• 4242/)
  assert.match(body, /can be removed once it is paid/)
  assert(body.includes(token))
})

test('tells the shopper of the order and of each charge, and lets them pay early', async () => {
  const { shopper, token } = await bought('eva.account@example.com')
  const capture = {
    method: 'POST',
    url: '/v2/payments/capture',
    headers: { authorization: `Bearer ${merchantKey}` },
  } as const
  assert.equal((await server.inject({ ...capture, payload: { token } })).statusCode, 200)
  const plans = checkout.app.plans as Plans
  while ((await plans.runDue(checkout.app.clock.now())) > 0);
  assert.match((await shopper.get('/account')).body, /Paid<.*Scheduled<.*Scheduled<.*Pay now €30\.00.*Pay all €60\.00/s)
  const all = { order: token, instalment: 'all' }
  const other = await shopper.post('/account/pay', { ...all, amount: '5900' }, '/account')
  assert.match(other.body, /The amount has changed meanwhile.*Pay all €60\.00/s)
  const paid = await shopper.post('/account/pay', { ...all, amount: '6000' }, '/account')
  assert.match(paid.body, /Paid\. Thank you\.(?!.*Scheduled<)/s)
  const told = await checkout.app.messages.list({ merchantId: null, recipient: 'eva.account@example.com', limit: 10 })
  assert.deepEqual(
    told
      .map(({ facts, subject }) => `${facts.kind}: ${subject}`)
      .toReversed()
      .slice(1),
    ['order_confirmed: Your order at Sandbox Shop is confirmed', ...Array(3).fill('charged: You have paid €30.00')],
  )
})

test('changes nothing for a form that it did not give to this browser', async () => {
  const { shopper, token } = await bought('dora.account@example.com')
  for (const path of [
    'pay',
    'default-card',
    'remove-card',
    'end-session',
    'end-sessions',
    'language',
    'erase',
    'sign-out',
  ])
    assert.equal((await shopper.post(`/account/${path}`, { order: token, form: 'x' })).statusCode, 403, path)
})

test('writes to the shopper in the language they chose, whatever the pages speak', async () => {
  const shopper = testShopper(server)
  await shopper.signIn('/account', 'lena.account@example.com')
  for (const language of ['fi', 'xx', '<']) await shopper.post('/account/language', { language }, '/account')
  const { body } = await shopper.get('/account')
  assert.match(body, /<html lang="en-GB">.*value="fi" lang="fi-FI" selected/s)
  const { rows } = await checkout.database.pool.query(
    "select language from shopper where email = 'lena.account@example.com'",
  )
  assert.deepEqual(rows, [{ language: 'fi' }])
})

test('signs out everywhere else', async () => {
  const [here, there] = [testShopper(server), testShopper(server)]
  for (const each of [here, there]) await each.signIn('/account', 'mia.account@example.com')
  await here.post('/account/end-sessions', {}, '/account')
  assert.match((await there.get('/account')).body, /name="contact"/)
  assert.match((await here.get('/account')).body, /This device/)
})

test('forgets a shopper who asks for it, and not before everything is paid', async () => {
  const { shopper, token } = await bought('gina.account@example.com')
  const open = await shopper.post('/account/erase', {}, '/account/erase')
  assert.match(open.body, /Something is still open/)
  const voided = await server.inject({
    method: 'POST',
    url: `/v2/payments/${token}/void`,
    headers: { authorization: `Bearer ${merchantKey}` },
    payload: {},
  })
  assert.equal(voided.statusCode, 200, voided.body)
  const plans = checkout.app.plans as Plans
  while ((await plans.runDue(checkout.app.clock.now())) > 0);
  assert.match((await shopper.post('/account/erase', {}, '/account/erase')).body, /Your account is deleted/)
  assert.match((await shopper.get('/account')).body, /name="contact"/)
  const { rows } = await checkout.database.pool.query(
    `select (select count(*)::int from shopper_contact where contact like 'gina%') as contacts,
      (select count(*)::int from message where recipient like 'gina%') as messages,
      (select count(*)::int from shopper_sign_in where contact like 'gina%') as codes,
      (select count(*)::int from shopper where email like 'gina%') as shoppers`,
  )
  assert.deepEqual(rows, [{ contacts: 0, messages: 0, codes: 0, shoppers: 0 }])
  const again = testShopper(server)
  await again.signIn('/account', 'gina.account@example.com')
  assert.match((await again.get('/account')).body, /You have no purchases yet/)
})
