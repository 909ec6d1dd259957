import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startCheckout } from '../../../test/support/pages/checkout.ts'
import { aProfile, testShopper } from '../../../test/support/pages/shopper.ts'
import { merchantKey } from '../../../test/support/protocols/scalapay.ts'
import type { Plans } from '../../app/instalments/plans.ts'

const checkout = await startCheckout()
const { server, app } = checkout
const headers = { authorization: `Bearer ${merchantKey}` }

/** Who has bought with a card whose bank asks, and whose first instalment was taken. */
async function bought(contact: string) {
  const token = await checkout.order()
  const home = `/checkout/${token}`
  const shopper = testShopper(server)
  await shopper.signIn(home, contact)
  await shopper.post(`${home}/profile`, aProfile, home)
  await shopper.post(`${home}/pay`, { card: 'new', number: '4000 0000 0000 3220', expiry: '12/39', code: '123' }, home)
  await shopper.get(`${home}/bank`)
  await server.inject({ method: 'POST', url: '/v2/payments/capture', headers, payload: { token } })
  const plans = app.plans as Plans
  while ((await plans.runDue(app.clock.now())) > 0);
  return { token, shopper }
}

test('leads a shopper who pays early to their bank, and says on the way back what was paid', async () => {
  const { token, shopper } = await bought('ben.bank@example.com')
  const form = { order: token, instalment: '2', amount: '3000' }
  const { statusCode, headers: sent } = await shopper.post('/account/pay', form, '/account')
  assert.equal(statusCode, 303)
  assert.match(
    `${sent.location}`,
    new RegExp(`/sandbox/bank\\?challenge=succeeds&back=.*%2Faccount%2Fbank%2F${token}$`),
  )
  assert.match((await shopper.get('/account')).body, /Paid<.*Scheduled<.*Scheduled<.*Pay now €30\.00.*Pay all €60\.00/s)
  const stranger = testShopper(server)
  await stranger.signIn('/account', 'stan.stranger@example.com')
  assert.equal((await stranger.get(`/account/bank/${token}`)).headers.location, '/account')
  assert.equal((await testShopper(server).get(`/account/bank/${token}`)).headers.location, '/account')
  const posted = await server.inject({
    ...{ method: 'POST', url: `/account/bank/${token}`, payload: 'PaRes=x' },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.equal(posted.headers.location, `/account/bank/${token}`, 'some banks come back by a form')
  const back = await shopper.get(`/account/bank/${token}`)
  assert.match(back.body, /Paid\. Thank you\..*Paid<.*Paid<.*Scheduled<.*Pay now €30\.00/s)
  assert.equal((await shopper.get(`/account/bank/${token}`)).headers.location, '/account')
  assert.equal((await shopper.get('/account/bank/__proto__')).headers.location, '/account')
})
