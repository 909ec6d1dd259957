import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { tercet } from '../../support/cli.ts'
import { anOrder } from '../../support/payments/orders.ts'
import { merchantKey, otherMerchantKey, startScalapay } from '../../support/protocols/scalapay.ts'

const { server, database } = await startScalapay()

async function post(url: string, payload: object, key = merchantKey) {
  const answer = await server.inject({ method: 'POST', url, headers: { authorization: `Bearer ${key}` }, payload })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

async function captured(reference: string, returnUrl = 'https://shop.example/ok', key = merchantKey): Promise<string> {
  const merchant = { redirectConfirmUrl: returnUrl, redirectCancelUrl: 'https://shop.example/ko' }
  const { token } = await post('/v2/orders', anOrder({ merchant }), key)
  await post(`/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' }, key)
  await post('/v2/payments/capture', { token, merchantReference: reference }, key)
  return token
}

async function suspicionsOf(token: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ note: string }>(
    `select note from event where source_id = $1 and kind = 'suspicious' order by sequence`,
    [token],
  )
  return rows.map(({ note }) => note)
}

/** What is looked at after the answer is there as soon as it is there: the test's own patience ends the wait. */
async function untilSuspicious(token: string): Promise<string[]> {
  for (;;) {
    const found = await suspicionsOf(token)
    if (found.length > 0) return found
    await pause(20)
  }
}

test(
  'two captures under one merchant reference are both let through, and the second is flagged once',
  { timeout: 120_000 },
  async () => {
    await captured('7001')
    const second = await captured('7001')
    assert.deepEqual(await untilSuspicious(second), ['reference_captured_twice'])
    await post('/v2/payments/capture', { token: second, merchantReference: '7001' })
    await captured('7001', 'https://shop.example/ok', otherMerchantKey)
    const last = await captured('7001')
    await untilSuspicious(last)
    assert.deepEqual(await suspicionsOf(second), ['reference_captured_twice'])
  },
)

test(
  'a capture under another number than its own return URL names is flagged, not refused',
  { timeout: 120_000 },
  async () => {
    const right = await captured(
      '8001',
      'https://shop.example/wc-api/x/?wc-scalapay-payin3=true&order_id=8001&total=90',
    )
    const swapped = await captured(
      '8002',
      'https://shop.example/wc-api/x/?wc-scalapay-payin3=true&order_id=8003&total=90',
    )
    assert.deepEqual(await untilSuspicious(swapped), ['reference_of_another_order'])
    assert.deepEqual(await suspicionsOf(right), [])
  },
)

test(
  'of two captures at the same moment under one reference at least one is flagged, and orders show says so',
  { timeout: 120_000 },
  async () => {
    const authorized = async () => {
      const { token } = await post('/v2/orders', anOrder())
      await post(`/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' })
      return token as string
    }
    const pair = [await authorized(), await authorized()]
    await Promise.all(pair.map((token) => post('/v2/payments/capture', { token, merchantReference: '9001' })))
    let flagged: string | undefined
    while (flagged === undefined) {
      for (const token of pair) if ((await suspicionsOf(token)).length > 0) flagged = token
      await pause(20)
    }
    assert.deepEqual(await suspicionsOf(flagged), ['reference_captured_twice'])
    const env = { DATABASE_URL: database.url, TERCET_SECRET_KEY: '01'.repeat(32) }
    const shown = await tercet(env, ['orders', 'show', flagged])
    assert.equal(shown.code, 0, shown.err)
    assert.match(shown.out, /^suspicious +reference captured twice$/m)
  },
)
