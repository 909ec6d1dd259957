import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aPayment, someTime } from '../../../../test/support/payments/factories.ts'
import { eventKinds, type PaymentEvent } from '../../../domain/payment/event.ts'
import { paymentStates } from '../../../domain/payment/state.ts'
import { webhookEventOf, webhookEvents } from '../../../domain/webhook/event-name.ts'
import { scalapayWebhooks } from './webhook-renderer.ts'
import { renderWebhook, webhookStatus } from './webhooks.ts'

function anEvent(overrides: Partial<PaymentEvent> = {}): PaymentEvent {
  return {
    sequence: 1,
    kind: 'created',
    state: 'created',
    amount: null,
    total: 4_070n,
    merchantReference: 'merchantOrder-1234',
    note: null,
    at: someTime,
    ...overrides,
  }
}

const payment = aPayment()

test('prints a created order with the published keys in the published order', () => {
  assert.equal(
    renderWebhook(payment, anEvent(), '{ "totalAmount": {"amount": "40.70", "currency": "EUR"} }'),
    '{"merchantReference":"merchantOrder-1234","totalAmount":40.7,"status":"created","orderToken":"A7K2QXJ4MZ0P","orderDetails":{"totalAmount":{"amount":"40.70","currency":"EUR"},"merchantReference":"merchantOrder-1234"}}',
  )
})

test('prints the four keys alone for what is not a creation', () => {
  assert.equal(
    renderWebhook(
      payment,
      anEvent({ kind: 'captured', state: 'captured', total: 19_000n, merchantReference: null }),
      '{}',
    ),
    '{"merchantReference":null,"totalAmount":190,"status":"charged","orderToken":"A7K2QXJ4MZ0P"}',
  )
})

test('adds what was given back to a refund', () => {
  assert.equal(
    renderWebhook(payment, anEvent({ kind: 'refunded', state: 'partially_refunded', amount: 1_050n }), '{}'),
    '{"merchantReference":"merchantOrder-1234","totalAmount":40.7,"status":"partially_refunded","orderToken":"A7K2QXJ4MZ0P","refundAmount":10.5}',
  )
})

test('names each announced event, and says nothing of the others', () => {
  const said = Object.fromEntries(
    eventKinds.map((kind) => [kind, paymentStates.map((state) => webhookStatus({ kind, state }) ?? '-').join(' ')]),
  )
  const all =
    'created created authorized authorized charged partially_refunded refunded refunded_not_charged expired refunded_not_charged expired'
  const none = '- - - - - - - - - - -'
  assert.deepEqual(said, {
    created: all,
    attempt_started: none,
    attempt_waits: none,
    attempt_resumed: none,
    attempt_declined: none,
    attempt_abandoned: none,
    authorized: all,
    delayed: none,
    captured: all,
    part_captured: none,
    reduced: all.replace('authorized authorized', 'authorized -'),
    closed: all,
    voided: all,
    refunded: all,
    references_updated: none,
    received: none,
    receipt_settled: none,
    receipt_undone: none,
    expiring_soon: paymentStates.map(() => 'expiring_soon').join(' '),
    suspicious: paymentStates.map(() => 'suspicious').join(' '),
    expired: all,
    lapsed: all,
    failed: none,
    reversed: none,
  })
})

test('declares exactly the events that it has a body for', () => {
  const names = new Set(
    eventKinds.flatMap((kind) =>
      paymentStates.flatMap((state) => (webhookStatus({ kind, state }) ? (webhookEventOf({ kind, state }) ?? []) : [])),
    ),
  )
  assert.deepEqual(
    scalapayWebhooks.sends,
    webhookEvents.filter((name) => names.has(name)),
  )
})

test('a warning says nothing that a shop would capture on', () => {
  const warning = anEvent({ kind: 'expiring_soon', state: 'authorized', note: '2024-11-08T13:06:17.000Z' })
  assert.equal(
    renderWebhook(payment, warning, '{}'),
    '{"merchantReference":"merchantOrder-1234","totalAmount":40.7,"status":"expiring_soon","orderToken":"A7K2QXJ4MZ0P","authorizationExpiryAt":"2024-11-08T13:06:17.000Z"}',
  )
})

test('prints a created order with every digit that the merchant sent', () => {
  const body = renderWebhook(
    payment,
    anEvent({ total: 900_719_925_474_099_301n }),
    '{"a": 9007199254740993, "b": [1.50, 1e2]}',
  )
  assert.match(body ?? '', /"totalAmount":9007199254740993.01,/)
  assert.match(
    body ?? '',
    /"orderDetails":\{"a":9007199254740993,"b":\[1.50,1e2\],"merchantReference":"merchantOrder-1234"\}\}$/,
  )
})

test('survives a parse and a print when the numbers were sent in their plainest form', () => {
  const order = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }))
  const cents = fc.bigInt({ min: 1n, max: 10n ** 14n })
  fc.assert(
    fc.property(order, cents, fc.string({ unit: 'binary' }), (details, total, merchantReference) => {
      const body = renderWebhook(payment, anEvent({ total, merchantReference }), JSON.stringify(details, null, 2))
      assert.equal(JSON.stringify(JSON.parse(body ?? '')), body)
    }),
  )
})
