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
  const data = (await ada.shopper.get('/account/data')).json<{ orders: { paymentId: string }[] }>()
  assert.deepEqual(
    data.orders.map(({ paymentId }) => paymentId),
    [ada.token],
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
  const paid = await shopper.post('/account/pay', { order: token, instalment: 'all' }, '/account')
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
  for (const path of ['pay', 'default-card', 'remove-card', 'end-session', 'sign-out'])
    assert.equal((await shopper.post(`/account/${path}`, { order: token, form: 'x' })).statusCode, 403, path)
})
