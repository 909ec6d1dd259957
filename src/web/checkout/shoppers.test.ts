import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startCheckout } from '../../../test/support/pages/checkout.ts'
import { aProfile, hiddenFields, testShopper } from '../../../test/support/pages/shopper.ts'
import { merchantKey } from '../../../test/support/protocols/scalapay.ts'
import { updateLending } from '../../db/merchant/lending.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { millisOf } from '../../kernel/instant.ts'

const urls = { confirm: 'https://shop.example/ok?cart=7', cancel: 'https://shop.example/ko' }
const card = { card: 'new', number: '5555 5555 5555 4444', expiry: '12/39', code: '123' }
const checkout = await startCheckout()
const { server } = checkout

async function anOrder(overrides: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return `/checkout/${await checkout.order(overrides, urls)}`
}

function tokenIn(home: string): string {
  return home.slice(-12)
}

test('lets a new shopper sign up with what the order knows, pay, and find the card again', async () => {
  const home = await anOrder()
  const ada = testShopper(server)
  assert.match((await ada.get(home)).body, /value="\+390000000001"/)
  await ada.signIn(home, 'ada.new@example.com')
  const profile = await ada.get(home)
  for (const known of [
    'value="Ada"',
    'value="Via Uno 1"',
    'value="20100"',
    'value="Milano"',
    '<option value="IT" selected>',
  ])
    assert(profile.body.includes(known), known)
  const young = await ada.post(`${home}/profile`, { ...aProfile, birthDate: '31/01/2020', surname: '' }, home)
  assert.equal(young.statusCode, 422)
  assert.match(
    young.body,
    /Date of birth: You must be 18.*Last name: Fill in|Last name: Fill in.*Date of birth: You must be 18/s,
  )
  assert.equal((await ada.post(`${home}/profile`, aProfile, home)).statusCode, 303)
  const paid = await ada.post(`${home}/pay`, card, home)
  assert.equal(paid.headers.location, `https://shop.example/ok?cart=7&orderToken=${tokenIn(home)}&status=SUCCESS`)
  const next = await anOrder()
  const { body } = await ada.get(next)
  const saved = /<input type="radio" name="card" value="([\w-]{36})" checked>\s*<span>Mastercard ending in 4444/.exec(
    body,
  )?.[1]
  assert(saved)
  const again = await ada.post(`${next}/pay`, { card: saved }, next)
  assert.match(`${again.headers.location}`, /status=SUCCESS$/)
})

test('takes nothing for a form that it did not give to this browser', async () => {
  const home = await anOrder()
  const shopper = testShopper(server)
  await shopper.signIn(home)
  const own = hiddenFields((await shopper.get(home)).body)
  const stranger = testShopper(server)
  const theirs = hiddenFields((await stranger.get(home)).body)
  for (const form of [{}, { form: '' }, { form: 'x' }, { form: `${theirs.form}` }]) {
    const answer = await shopper.post(`${home}/pay`, { ...own, ...card, form: '', ...form })
    assert.equal(answer.statusCode, 403)
    assert.match(answer.body, /Please try again/)
  }
  const crossSite = await server.inject({
    method: 'POST',
    url: `${home}/pay`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'cross-site',
      cookie: [...shopper.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
    payload: new URLSearchParams({ ...own, ...card }).toString(),
  })
  assert.equal(crossSite.statusCode, 403)
  assert.equal(await checkout.stateOf(tokenIn(home)), 'created')
})

test('gives a new cookie to who signs in, and none that was planted before opens anything', async () => {
  const home = await anOrder()
  const attacker = testShopper(server)
  await attacker.signIn(home)
  const planted = attacker.cookies.get('tercet_session') ?? ''
  const victim = testShopper(server)
  victim.cookies.set('tercet_session', planted)
  await victim.post(`${home}/sign-out`, {}, home)
  await victim.signIn(home, 'victim@example.com')
  assert.notEqual(victim.cookies.get('tercet_session'), planted)
  const answer = await attacker.get(home)
  assert.doesNotMatch(answer.body, /victim/)
})

/** A form's token, and seconds: the two pages may be made in two of them. */
const timely = /(?:value|data-countdown|data-wait)="[^"]*"/g

test('tells nobody whether a contact has an account', async () => {
  const home = await anOrder()
  const bodies = await Promise.all(
    ['test.shopper@example.com', 'tess.shopper@example.com'].map(async (contact) => {
      const somebody = testShopper(server)
      const answer = await somebody.post(`${home}/sign-in`, { contact }, home)
      const { body } = await somebody.get(home)
      return `${answer.statusCode} ${answer.headers.location} ${body.replace(timely, '')}`
    }),
  )
  assert.equal(bodies[0], bodies[1])
})

test('says what is wrong with a contact and a code, and lets go of both', async () => {
  const home = await anOrder()
  const shopper = testShopper(server)
  const wrong = await shopper.post(`${home}/sign-in`, { contact: '<script>' }, home)
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /Enter a mobile number with its country.*value="&lt;script&gt;"/s)
  await shopper.post(`${home}/sign-in`, { contact: '+393330000002' }, home)
  for (let left = 4; left > 0; left--) {
    const answer = await shopper.post(`${home}/code`, { code: '000000' }, home)
    assert.match(answer.body, new RegExp(`Tries left: ${left}`))
  }
  assert.match((await shopper.post(`${home}/code`, { code: '000000' }, home)).body, /does not count any more/)
  assert.match((await shopper.post(`${home}/code`, { code: '123456' }, home)).body, /does not count any more/)
  await shopper.post(`${home}/sign-in`, { contact: '+393330000002' }, home)
  await shopper.post(`${home}/start-over`, {}, home)
  assert.match((await shopper.get(home)).body, /name="contact"/)
})

test('one of two shoppers gets the order, and the other learns nothing of the first', async () => {
  const home = await anOrder()
  const [ada, bob] = [testShopper(server), testShopper(server)]
  await ada.signIn(home)
  await bob.signIn(home, 'bob@example.com')
  await bob.post(`${home}/profile`, { ...aProfile, givenNames: 'Bob' }, home)
  const [adaForm, bobForm] = [hiddenFields((await ada.get(home)).body), hiddenFields((await bob.get(home)).body)]
  const answers = await Promise.all([
    ada.post(`${home}/pay`, { ...adaForm, ...card }),
    bob.post(`${home}/pay`, { ...bobForm, ...card }),
  ])
  const winners = answers.filter(({ headers }) => /SUCCESS/.test(`${headers.location}`))
  assert.equal(winners.length, 1)
  const loser = answers[0] === winners[0] ? bob : ada
  const page = await loser.get(home)
  assert.match(page.body, /This order belongs to somebody else/)
  assert.doesNotMatch(page.body, /SUCCESS|Ada|Bob|4444/)
  const { rows } = await checkout.database.pool.query('select count(*)::int as n from attempt where payment_id = $1', [
    tokenIn(home),
  ])
  assert.equal(rows[0].n, 1)
})

test('never takes a card of somebody else', async () => {
  const home = await anOrder()
  const ada = testShopper(server)
  await ada.signIn(home)
  const id = /name="card" value="([\w-]{36})"/.exec((await ada.get(home)).body)?.[1]
  assert(id)
  const bob = testShopper(server)
  await bob.signIn(home, 'bob.two@example.com')
  await bob.post(`${home}/profile`, aProfile, home)
  const answer = await bob.post(`${home}/pay`, { card: id }, home)
  assert.equal(answer.headers.location, home)
  assert.equal(await checkout.stateOf(tokenIn(home)), 'created')
})

test('charges what the shopper saw, or asks again', async () => {
  const home = await anOrder()
  const shopper = testShopper(server)
  await shopper.signIn(home)
  const answer = await shopper.post(`${home}/pay`, {
    ...hiddenFields((await shopper.get(home)).body),
    ...card,
    total: '1',
  })
  assert.equal(answer.headers.location, home)
  assert.equal(await checkout.stateOf(tokenIn(home)), 'created')
})

const bankCards = { succeeds: '4000 0000 0000 3220', fails: '4000 0000 0000 3063', never: '4000 0000 0000 3097' }

async function atTheBank(number: string) {
  const home = await anOrder()
  const shopper = testShopper(server)
  await shopper.signIn(home)
  const answer = await shopper.post(`${home}/pay`, { ...card, number }, home)
  assert.equal(answer.statusCode, 303)
  const bank = await shopper.get(`${answer.headers.location}`)
  const back = /class="button" href="([^"]+)"/.exec(bank.body)?.[1]
  return { home, shopper, bank, back }
}

test('sends a shopper to their bank and takes them back, once and again', async () => {
  const { home, shopper, back } = await atTheBank(bankCards.succeeds)
  assert.equal(back, `${checkout.app.publicUrl}${home}/bank`)
  assert.match((await shopper.get(home)).body, /Your bank wants to check.*Go on to the bank/s)
  const stranger = await testShopper(server).get(`${home}/bank`)
  assert.equal(stranger.headers.location, home)
  for (let i = 0; i < 2; i++) assert.match(`${(await shopper.get(`${home}/bank`)).headers.location}`, /status=SUCCESS$/)
  assert.match((await shopper.get(await anOrder())).body, /Visa ending in 3220/)
})

test('lets a shopper whose bank says no use another card', async () => {
  const { home, shopper } = await atTheBank(bankCards.fails)
  assert.equal((await shopper.get(`${home}/bank`)).headers.location, home)
  assert.match((await shopper.get(home)).body, /could not confirm that it is you/)
  assert.match(`${(await shopper.post(`${home}/pay`, card, home)).headers.location}`, /status=SUCCESS$/)
})

test('waits for a shopper who does not come back from the bank, until the order ends', async () => {
  const { home, shopper, back } = await atTheBank(bankCards.never)
  assert.equal(back, undefined)
  assert.match((await shopper.get(home)).body, /Your bank wants to check/)
  // Without a form the bank posts its customer back, without cookies: it leads to the same place.
  const posted = await server.inject({
    method: 'POST',
    url: `${home}/bank`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'x=1',
  })
  assert.equal(posted.headers.location, `${home}/bank`)
  assert.match(`${(await shopper.get(`${home}/cancel`)).headers.location}`, /ko\?orderToken=\w+&status=FAILED/)
})

test('refuses a card that ends before the last payment, and says what to do', async () => {
  const home = await anOrder()
  const shopper = testShopper(server)
  await shopper.signIn(home)
  const now = new Date()
  const expiry = `${String(now.getUTCMonth() + 1).padStart(2, '0')}/${now.getUTCFullYear()}`
  const answer = await shopper.post(`${home}/pay`, { ...card, expiry }, home)
  assert.equal(answer.statusCode, 422)
  assert.match(answer.body, /Please use a card that is valid for longer/)
})

test('has a kind word for a shopper who is blocked, and keeps the merchant’s word apart', async () => {
  const home = await anOrder()
  const shopper = testShopper(server)
  await shopper.signIn(home, 'blocked@example.com')
  await shopper.post(`${home}/profile`, aProfile, home)
  await checkout.database.pool.query("update shopper set state = 'blocked' where email = 'blocked@example.com'")
  const answer = await shopper.post(`${home}/pay`, card, home)
  assert.equal(answer.statusCode, 422)
  assert.match(answer.body, /cannot be used for new purchases/)
  const { rows } = await checkout.database.pool.query('select feedback from checkout where payment_id = $1', [
    tokenIn(home),
  ])
  assert.equal(rows[0].feedback, 'DECLINED_FRAUD')
  const read = async () =>
    (
      await server.inject({
        url: `/v2/payments/${tokenIn(home)}`,
        headers: { authorization: `Bearer ${merchantKey}` },
      })
    ).json()
  assert.equal((await read()).lastEligibilityFeedback, undefined, 'not while the shopper may still pay otherwise')
  await checkout.database.pool.query("update payment set state = 'expired', timer_at = null where payment_id = $1", [
    tokenIn(home),
  ])
  assert.equal((await read()).lastEligibilityFeedback, 'DECLINED_FRAUD')
})

test('lends no more than the operator set for the merchant', async () => {
  const home = await anOrder()
  const shopper = testShopper(server)
  await shopper.signIn(home, 'limits@example.com')
  await shopper.post(`${home}/profile`, aProfile, home)
  const { pool } = checkout.database
  const set = (mostOwed: number | null, ordersPerDay: number | null) =>
    updateLending(pool, merchantId, { mostOwed, ordersPerDay })
  const merchantId = (await checkout.app.merchants.byPaymentId(tokenIn(home) as PaymentId))?.id as MerchantId
  await set(89, null)
  assert.match((await shopper.post(`${home}/pay`, card, home)).body, /you would owe more than we can lend/)
  await set(90, 1)
  assert.match(`${(await shopper.post(`${home}/pay`, card, home)).headers.location}`, /SUCCESS/)
  await set(null, 1)
  const next = await anOrder()
  assert.match((await shopper.post(`${next}/pay`, card, next)).body, /You have confirmed several orders today/)
  await set(null, null)
})

test('shows hostile items, names and addresses of an order as text', async () => {
  const hostile = `"><img src=https://evil.example/x.png onerror=alert(1)></title><script>1</script>`
  const home = await anOrder({
    items: [
      {
        name: hostile,
        quantity: 1,
        price: { amount: '1.00', currency: 'EUR' },
        imageUrl: 'https://evil.example/x.png',
        pageUrl: 'javascript:alert(1)',
      },
    ],
    consumer: { givenNames: hostile, surname: hostile, email: 'a@example.com', phoneNumber: hostile },
  })
  const shopper = testShopper(server)
  const bodies = [(await shopper.get(home)).body]
  await shopper.signIn(home, 'hostile@example.com')
  bodies.push((await shopper.get(home)).body)
  for (const body of bodies)
    assert.doesNotMatch(body, /<img|<script>|href="https:\/\/evil|href="javascript|src="https:/)
})

test('lets the shopper choose how to pay where the order does not say, shows that plan, and charges it', async () => {
  const home = await anOrder({ product: undefined })
  const shopper = testShopper(server)
  await shopper.signIn(home)
  assert.match((await shopper.get(home)).body, /How do you want to pay\?.*Pay in 3.*Pay in 4.*Pay later/s)
  for (const product of ['pay-in-4', 'pay-in-5', '__proto__']) await shopper.post(`${home}/product`, { product }, home)
  const { body } = await shopper.get(home)
  assert.match(body, /value="pay-in-4" aria-current="true"/)
  assert.match(body, /in 4 payments, without interest.*Pay €22\.50 today/s)
  const seen = hiddenFields(body)
  // Another tab changes the choice: what this page shows is not charged any more.
  await shopper.post(`${home}/product`, { product: 'later' }, home)
  assert.equal((await shopper.post(`${home}/pay`, { ...seen, ...card })).headers.location, home)
  assert.match((await shopper.get(home)).body, /Confirm and pay later/)
  await shopper.post(`${home}/product`, { product: 'pay-in-4' }, home)
  const paid = await shopper.post(`${home}/pay`, { ...seen, ...card })
  assert.match(`${paid.headers.location}`, /status=SUCCESS$/)
  const { rows } = await checkout.database.pool.query(
    'select p.product, a.amount from payment p join attempt a using (merchant_id, payment_id) where payment_id = $1',
    [tokenIn(home)],
  )
  assert.deepEqual(rows, [{ product: 'pay-in-4', amount: 2250n }])
})

test('offers no choice where the order has made it, or the amount is for one product alone', async () => {
  for (const order of [{ product: 'pay-in-3' }, { product: 'later' }]) {
    const home = await anOrder(order)
    const shopper = testShopper(server)
    await shopper.signIn(home)
    assert.doesNotMatch((await shopper.get(home)).body, /How do you want to pay/)
    await shopper.post(`${home}/product`, { product: 'pay-in-4' }, home)
    const paid = await shopper.post(`${home}/pay`, { ...card, product: 'pay-in-4' }, home)
    assert.match(`${paid.headers.location}`, /status=SUCCESS$/)
    const { rows } = await checkout.database.pool.query('select product from payment where payment_id = $1', [
      tokenIn(home),
    ])
    assert.deepEqual(rows, [order])
  }
})

test('tells the shopper of a pay-later order on which day it is due', async () => {
  const home = await anOrder({ product: 'later', frequency: { number: 30, frequencyType: 'daily' } })
  const contact = 'later.day@example.com'
  const shopper = testShopper(server)
  await shopper.signIn(home, contact)
  await shopper.post(`${home}/profile`, aProfile, home)
  await shopper.post(`${home}/pay`, card, home)
  const { rows } = await checkout.database.pool.query<{ facts: { plan: { dueAt: string }[] } }>(
    `select facts from message where kind = 'order_confirmed' and recipient = $1`,
    [contact],
  )
  // A month may have a day of 23 hours, or of 25.
  const today = Temporal.Instant.fromEpochMilliseconds(millisOf(checkout.app.clock.now())).toZonedDateTimeISO(
    'Europe/Rome',
  )
  const [told] = rows.map(({ facts }) => facts.plan.map(({ dueAt }) => dueAt))
  assert.deepEqual(told, [today.toPlainDate().add({ days: 30 }).toString()])
})
