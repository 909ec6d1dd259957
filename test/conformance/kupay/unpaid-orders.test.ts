import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { newCommandId, type PaymentId } from '../../../src/kernel/ids.ts'
import { ask, startKupay } from '../../support/protocols/kupay.ts'
import { startReceiver } from '../../support/protocols/webhooks.ts'

const server = await startKupay()
const { shop, app } = server
const by = { actor: { kind: 'system', name: 'test' }, address: null } as const
let orders = 100

/** An order of a shop's plugin, whose shop wants unpaid ones to be called off unless told otherwise. */
async function anOrder(_: TestContext, { isWanted = true } = {}) {
  await app.chains.settings.changeTerms(shop.merchant.id, { cancelUnpaid: isWanted }, by)
  const receiver = await startReceiver()
  const id = ++orders
  const order = { id, number: String(id), currency: 'USD', total: '123.45', order_key: `wc_order_${id}` }
  const post = async (total = '123.45') => {
    const body = { order: { ...order, total }, callback_url: receiver.url }
    return (await ask(server, `/webhook/woocommerce/${shop.shopKey}`, { body })).json.payment_id as string
  }
  const told = async () => {
    while ((await server.deliver()) > 0);
    return receiver.requests.map(({ path }) => new URL(path, receiver.url).searchParams.get('status'))
  }
  return { post, told, payment: await post() }
}

async function statusOf(id: string): Promise<string> {
  return (await ask(server, `/v1/payment/status/${id}`, { token: shop.token })).json.status
}

/** All that falls due; the answer of the last look is 0. */
async function lookUntilDone(): Promise<void> {
  while ((await server.lookAtUnpaid()) > 0);
}

test('calls an order off in its shop when its time is up and nothing has come, once', async (t) => {
  const { payment, told } = await anOrder(t)
  await server.expire(payment)
  assert.equal(await statusOf(payment), 'expired')
  await lookUntilDone()
  assert.equal(await statusOf(payment), 'cancelled')
  assert.deepEqual(await told(), ['cancelled'])
  await lookUntilDone()
  assert.deepEqual(await told(), ['cancelled'])
})

test('leaves the order to a shop that does not want it called off', async (t) => {
  const { payment, told } = await anOrder(t, { isWanted: false })
  await server.expire(payment)
  await lookUntilDone()
  assert.equal(await statusOf(payment), 'expired')
  assert.deepEqual(await told(), [])
})

test('calls nothing off that was paid, in part, or late', async (t) => {
  const [whole, part, late] = [await anOrder(t), await anOrder(t), await anOrder(t)]
  await server.receive(whole.payment, 12_345n)
  await server.receive(part.payment, 345n)
  await server.expire(part.payment)
  await server.expire(late.payment)
  await server.receive(late.payment, 12_345n)
  await lookUntilDone()
  assert.deepEqual([await whole.told(), await part.told(), await late.told()], [['completed'], [], ['completed']])
})

test('waits while something could still be undone, and calls off when it is', async (t) => {
  const { payment, told } = await anOrder(t)
  await server.expire(payment)
  await server.receive(payment, 12_345n, ['seen'])
  await lookUntilDone()
  await server.receive(payment, 12_345n, ['undone'])
  server.advance(3_600_000_001n)
  await lookUntilDone()
  assert.deepEqual(await told(), ['cancelled'])
})

test('calls no order off that is asked for anew, neither by the old request nor by another amount', async (t) => {
  const { payment, post, told } = await anOrder(t)
  await server.expire(payment)
  const again = await post()
  assert.notEqual(again, payment)
  await lookUntilDone()
  assert.equal(await statusOf(again), 'open')
  const dearer = await post('200.00')
  assert.notEqual(dearer, again)
  assert.deepEqual(await told(), [])
  await server.receive(dearer, 20_000n)
  assert.deepEqual(await told(), ['completed'])
})

test('takes nothing any more for an order that was called off', async (t) => {
  const { payment, told } = await anOrder(t)
  await server.expire(payment)
  await lookUntilDone()
  await assert.rejects(server.receive(payment, 12_345n, ['seen']), /wrong_state/)
  assert.deepEqual(await told(), ['cancelled'])
})

test('tells a shop once of an order that was asked for anew, whatever becomes of the request before', async (t) => {
  const { payment, post, told } = await anOrder(t)
  await server.expire(payment)
  const next = await post()
  assert.notEqual(next, payment)
  await assert.rejects(server.receive(payment, 12_345n), /wrong_state/)
  await server.receive(next, 12_345n)
  await app.engine.execute({
    ...{ id: newCommandId(), merchant: shop.merchant, paymentId: payment as PaymentId },
    action: { kind: 'void' },
  })
  await lookUntilDone()
  assert.deepEqual(await told(), ['completed'])
})
