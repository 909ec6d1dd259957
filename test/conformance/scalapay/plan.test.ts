import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPlans } from '../../../src/app/instalments/plans.ts'
import { frequencyOf } from '../../../src/main/frequency-of.ts'
import { createSandbox } from '../../../src/rails/card/sandbox/sandbox.ts'
import { anOrder } from '../../support/payments/orders.ts'
import { merchantKey, otherMerchantKey, startScalapay } from '../../support/protocols/scalapay.ts'

const scalapay = await startScalapay()

type Plan = {
  product: string
  instalments: { number: number; dueAt: string; amount: { amount: string }; status: string }[]
}

async function ask(method: 'GET' | 'POST', url: string, payload?: object, key = merchantKey) {
  const headers = { Authorization: `Bearer ${key}` }
  return await scalapay.server.inject({ method, url, headers, ...(payload && { payload }) })
}

async function anOrderOf(cents: string, more: object = {}): Promise<string> {
  const order = anOrder({ totalAmount: { amount: cents, currency: 'EUR' }, ...more })
  const { token } = (await ask('POST', '/v2/orders', order)).json<{ token: string }>()
  return token
}

async function planOf(token: string): Promise<string[]> {
  const plan = (await ask('GET', `/sandbox/orders/${token}/plan`)).json<Plan>()
  return plan.instalments.map(({ number, amount, status }) => `${number} ${amount.amount} ${status}`)
}

/** The collection job, which no server runs here. */
async function collect(): Promise<void> {
  const { clock } = scalapay.app
  const acquirers = async () => createSandbox(clock)
  const plans = createPlans({
    ...{ pool: scalapay.database.pool, clock, acquirers, sealer: scalapay.sealer, frequencyOf, tell: () => [] },
  })
  while ((await plans.runDue(clock.now())) > 0);
}

test('shows the plan of an order from its creation to its refund', async () => {
  const token = await anOrderOf('90.01')
  assert.deepEqual(await planOf(token), ['1 30.01 scheduled', '2 30.00 scheduled', '3 30.00 scheduled'])
  await ask('POST', `/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' })
  await ask('POST', '/v2/payments/capture', { token })
  assert.deepEqual(await planOf(token), ['1 30.01 scheduled', '2 30.00 scheduled', '3 30.00 scheduled'])
  await collect()
  assert.deepEqual(await planOf(token), ['1 30.01 paid', '2 30.00 scheduled', '3 30.00 scheduled'])
  await ask('POST', `/v2/payments/${token}/refund`, {
    refundAmount: { amount: '45.00', currency: 'EUR' },
    merchantReference: 'R',
  })
  assert.deepEqual(await planOf(token), ['1 30.01 paid', '2 15.00 scheduled', '3 30.00 cancelled'])
})

test('an order that was voided has no instalments left', async () => {
  const token = await anOrderOf('60.00')
  await ask('POST', `/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' })
  await ask('POST', `/v2/payments/${token}/void`, {})
  assert.deepEqual(new Set((await planOf(token)).map((line) => line.split(' ')[2])), new Set(['cancelled']))
})

test('pay later is due once, after the days that the order names', async () => {
  const token = await anOrderOf('50.00', { product: 'later', frequency: { number: 30, frequencyType: 'daily' } })
  const { product, instalments } = (await ask('GET', `/sandbox/orders/${token}/plan`)).json<Plan>()
  const due = new Date(Date.now() + 30 * 86_400_000)
  assert.equal(product, 'later')
  assert.equal(instalments.length, 1)
  assert(Math.abs(Date.parse(instalments[0]?.dueAt ?? '') - due.getTime()) < 2 * 86_400_000)
})

test('shows nobody the plan of another merchant, and none of what is not an order', async () => {
  const token = await anOrderOf('60.00')
  const unknown = await ask('GET', '/sandbox/orders/SHOPAAAAAAAA/plan')
  const foreign = await ask('GET', `/sandbox/orders/${token}/plan`, undefined, otherMerchantKey)
  assert.equal(foreign.statusCode, unknown.statusCode)
  assert.equal(foreign.json<{ errorCode: string }>().errorCode, unknown.json<{ errorCode: string }>().errorCode)
})
