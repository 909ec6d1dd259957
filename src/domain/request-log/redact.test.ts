import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { errorCodeOf, redacted } from './redact.ts'

test('keeps the shape and what is harmless, and hides everything else', () => {
  const body = {
    totalAmount: { amount: '90.00', currency: 'EUR' },
    consumer: { givenNames: 'Ada', email: 'ada@example.com', phoneNumber: '+393330000001' },
    items: [{ name: 'Chair', quantity: 1 }],
    card: { number: 4242424242424242, cvc: '123' },
    'ada@example.com': true,
  }
  assert.deepEqual(JSON.parse(redacted(JSON.stringify(body))), {
    totalAmount: { amount: '90.00', currency: 'EUR' },
    consumer: { givenNames: '[text, 3]', email: '[text, 15]', phoneNumber: '[text, 13]' },
    items: [{ name: '[text, 5]', quantity: 1 }],
    card: { number: '[number]', cvc: '[text, 3]' },
    '[name]': true,
  })
})

test('a harmless name makes no card number, sentence or address harmless', () => {
  for (const value of [
    '4242424242424242',
    4242424242424242,
    'Ada Verdi, Via Roma 1',
    'ada@example.com',
    'sp_live_0123456789',
  ])
    assert(!redacted(JSON.stringify({ status: value })).includes(String(value)))
})

test('a form is read as one, and what is neither is told by its length', () => {
  assert.deepEqual(JSON.parse(redacted('cardNumber=4242424242424242&currency=EUR')), {
    cardNumber: '[text, 16]',
    currency: 'EUR',
  })
  assert.equal(redacted('%PDF-1.4 Ada'), '[12 characters that are not JSON]')
  assert.equal(redacted(''), '')
})

test('no text of any body that could be a secret or a name comes through', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.string({ minLength: 41, maxLength: 60 }), (around, secret) => {
      const body = JSON.stringify({ around, secret, amount: secret, [secret]: secret, list: [secret] })
      assert(!redacted(body).includes(JSON.stringify(secret).slice(1, -1)))
    }),
    { numRuns: 200 },
  )
})

test('finds what a refusal is called', () => {
  assert.equal(errorCodeOf('{"errorCode":"invalid_request","message":"x"}'), 'invalid_request')
  assert.equal(errorCodeOf('Unauthorized'), null)
  assert.equal(errorCodeOf('{"error":"ada@example.com is not an address"}'), null)
})
