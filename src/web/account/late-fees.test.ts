import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startCheckout } from '../../../test/support/pages/checkout.ts'
import { aProfile, testShopper } from '../../../test/support/pages/shopper.ts'
import { askForLateFees } from '../../../test/support/payments/late-fees.ts'
import { merchantKey } from '../../../test/support/protocols/scalapay.ts'
import type { Plans } from '../../app/instalments/plans.ts'
import { day } from '../../kernel/instant.ts'

const checkout = await startCheckout()
const { server, app } = checkout
await askForLateFees(checkout.database.pool, app.clock)

test('says what being late costs before the shopper agrees, and shows it beside the instalment that was late', async () => {
  const token = await checkout.order()
  const home = `/checkout/${token}`
  const shopper = testShopper(server)
  await shopper.signIn(home, 'nel.late@example.com')
  await shopper.post(`${home}/profile`, { ...aProfile, country: 'NL' }, home)
  const terms =
    /€1\.20 once a payment is 1 day late and €1\.20 once a payment is 9 days late; no more than €2\.40.*15% of the order/
  assert.match((await shopper.get(home)).body, terms)
  const card = { card: 'new', number: '4000 0000 0000 0226', expiry: '12/39', code: '123' }
  await shopper.post(`${home}/pay`, card, home)
  const headers = { authorization: `Bearer ${merchantKey}` }
  await server.inject({ method: 'POST', url: '/v2/payments/capture', headers, payload: { token } })
  const plans = app.plans as Plans
  const collect = async () => {
    while ((await plans.runDue(app.clock.now())) > 0);
  }
  await collect()
  for (let n = 0; n < 35; n++) {
    checkout.advance(day)
    await collect()
  }
  // A month ends every session.
  await shopper.signIn('/account', 'nel.late@example.com')
  const { body } = await shopper.get('/account')
  assert.match(body, /Overdue<.*\+ late fee of €1\.20.*Pay now €31\.20.*Pay all €61\.20/s)
  assert.match((await shopper.get(`/account/orders/${token}`)).body, /late fee of €1\.20/)
  const told = await app.messages.list({ merchantId: null, recipient: 'nel.late@example.com', limit: 30 })
  const texts = told.map(({ text }) => text).join('\n')
  assert.match(texts, /If it is not paid before .*, a late fee of €1\.20 is added/)
  assert.match(texts, /There are now €31\.20 to pay/)
})

test('says nothing of fees where there are none', async () => {
  const home = `/checkout/${await checkout.order()}`
  const shopper = testShopper(server)
  await shopper.signIn(home, 'ida.ontime@example.com')
  await shopper.post(`${home}/profile`, aProfile, home)
  assert.doesNotMatch((await shopper.get(home)).body, /late, a fee|If you pay late/)
})
