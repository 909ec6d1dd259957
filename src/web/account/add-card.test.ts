import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startCheckout } from '../../../test/support/pages/checkout.ts'
import { aProfile, testShopper } from '../../../test/support/pages/shopper.ts'
import { merchantKey } from '../../../test/support/protocols/scalapay.ts'
import type { Plans } from '../../app/instalments/plans.ts'

const checkout = await startCheckout()
const { server, app, database } = checkout

async function bought(contact: string) {
  const token = await checkout.order()
  const home = `/checkout/${token}`
  const shopper = testShopper(server)
  await shopper.signIn(home, contact)
  await shopper.post(`${home}/profile`, aProfile, home)
  await shopper.post(`${home}/pay`, { card: 'new', ...aCard('4242 4242 4242 4242') }, home)
  return { token, shopper }
}

const aCard = (number: string) => ({ number, expiry: '11/38', code: '123' })

test('keeps a card that a shopper adds, and takes what is still open from it', async () => {
  const { token, shopper } = await bought('ada.adds@example.com')
  assert.match((await shopper.get('/account')).body, /href="\/account\/add-card\?order=\w+">Add a card/)
  assert.match(
    (await shopper.get('/account/add-card')).body,
    /Only what is late already is charged now.*autocomplete="cc-number"/s,
  )
  const kept = await shopper.post('/account/add-card', aCard('5555 5555 5555 4444'), '/account/add-card')
  assert.match(kept.body, /Your card is kept.*Mastercard •••• 4444.*Default.*Visa •••• 4242/s)
  await shopper.post('/account/add-card', aCard('5555 5555 5555 4444'), '/account/add-card')
  const { body } = await shopper.get('/account')
  assert.equal(body.split('•••• 4444').length, 2, 'the same card again takes the place of the first')
  const headers = { authorization: `Bearer ${merchantKey}` }
  await server.inject({ method: 'POST', url: '/v2/payments/capture', headers, payload: { token } })
  while ((await (app.plans as Plans).runDue(app.clock.now())) > 0);
  await shopper.post('/account/pay', { order: token, instalment: '2', amount: '3000' }, '/account')
  const { rows } = await database.pool.query(
    `select last4 from attempt a join shopper_card c on c.card_id::text = a.card_id where a.payment_id = $1 and a.instalment = 2`,
    [token],
  )
  assert.deepEqual(rows, [{ last4: '4444' }])
})

test('leads a shopper whose bank asks there and back, and keeps nobody else’s card', async () => {
  const { shopper, token } = await bought('ben.adds@example.com')
  const asked = await shopper.post('/account/add-card', aCard('4000 0000 0000 3220'), '/account/add-card')
  const back = new URL(String(asked.headers.location)).searchParams.get('back') ?? ''
  const { pathname, search } = new URL(back)
  assert.equal(pathname, `/account/card-bank/${token}`)
  assert.doesNotMatch(search, /3220|ben/, 'what is remembered is sealed')
  assert.doesNotMatch((await shopper.get('/account')).body, /3220/)
  const stranger = testShopper(server)
  await stranger.signIn('/account', 'stan.adds@example.com')
  assert.equal((await stranger.get(pathname + search)).headers.location, '/account')
  for (const wrong of ['', '?state=', '?state=AAAA', `${search}x`, `?state=1&state=2`])
    assert.equal((await shopper.get(pathname + wrong)).headers.location, '/account', wrong)
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const posted = await server.inject({ method: 'POST', url: pathname + search, payload: 'PaRes=x', headers: type })
  assert.equal(posted.headers.location, pathname + search, 'some banks come back by a form')
  assert.equal(posted.headers['set-cookie'], undefined, 'whose browser keeps its own cookies')
  assert.match((await shopper.get(pathname + search)).body, /Your card is kept.*Visa •••• 3220.*Default/s)
})

test('says why a card was not kept, and prints nothing of it', async () => {
  const { shopper } = await bought('cleo.adds@example.com')
  const add = (card: Record<string, string>) => shopper.post('/account/add-card', card, '/account/add-card')
  assert.match((await add(aCard('4000 0000 0000 0002'))).body, /Your card was not accepted.*Your bank declined/s)
  const wrong = await add({ number: '4242 4242 4242 4241', expiry: '', code: '12' })
  assert.match(wrong.body, /Please check your card details.*href="#number".*href="#expiry".*href="#code"/s)
  assert.doesNotMatch(wrong.body, /4241/)
  assert.doesNotMatch((await shopper.get('/account')).body, /0002|4241/)
})

test('takes a card from its own form alone, for an open purchase alone, and no more tries than an account has cards', async () => {
  const { shopper } = await bought('dora.adds@example.com')
  const form = new URLSearchParams(aCard('4242 4242 4242 4242')).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const foreign = await server.inject({ method: 'POST', url: '/account/add-card', payload: form, headers: type })
  assert.notEqual(foreign.statusCode, 200)
  for (let tries = 0; tries < 10; tries++)
    await shopper.post('/account/add-card', aCard('4000 0000 0000 0002'), '/account/add-card')
  const last = await shopper.post('/account/add-card', aCard('4242 4242 4242 4242'), '/account/add-card')
  assert.equal(last.statusCode, 429)
  const idle = testShopper(server)
  await idle.signIn('/account', 'ida.adds@example.com')
  assert.equal((await idle.get('/account/add-card')).headers.location, '/account')
  assert.doesNotMatch((await idle.get('/account')).body, /Add a card/)
})
