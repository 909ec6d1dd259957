import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantFromMillis } from '../../kernel/instant.ts'
import { Secret } from '../../kernel/secret.ts'
import { testCards, verdictOf } from './test-cards.ts'

const now = instantFromMillis(Date.UTC(2026, 5, 15))

function verdict(number: string, more: { month?: number; year?: number; code?: string; at?: number } = {}) {
  const card = {
    number: new Secret(number),
    securityCode: new Secret(more.code ?? '123'),
    expiryMonth: more.month ?? 12,
    expiryYear: more.year ?? 2030,
  }
  return verdictOf(card, more.at === undefined ? now : instantFromMillis(more.at))
}

function reasonOf(answer: ReturnType<typeof verdict>): string {
  return answer.approved ? 'approved' : answer.reason
}

test('approves or declines each test card, every decline with a reason of its own', () => {
  assert.deepEqual(
    Object.keys(testCards)
      .sort()
      .map((number) => [number, reasonOf(verdict(number))]),
    [
      ['4000000000000002', 'card_declined'],
      ['4000000000000069', 'approved'],
      ['4000000000000226', 'approved'],
      ['4000000000000333', 'approved'],
      ['4000000000000341', 'suspected_fraud'],
      ['4000000000003063', 'approved'],
      ['4000000000003097', 'approved'],
      ['4000000000003220', 'approved'],
      ['4000000000009987', 'approved'],
      ['4000000000009995', 'insufficient_funds'],
      ['4242424242424242', 'approved'],
      ['5200828282828210', 'approved'],
      ['5555555555554444', 'approved'],
    ],
  )
})

test('declines any other number, the one of the SalesCloud example too', () => {
  for (const number of ['123456789', '4242424242424243', '', '__proto__', 'toString', '4242 4242 4242 4242']) {
    assert.equal(reasonOf(verdict(number)), 'invalid_card_number', number)
  }
})

test('takes a card until the last instant of its expiry month', () => {
  const card = { month: 2, year: 2028 }
  assert.equal(reasonOf(verdict('4242424242424242', { ...card, at: Date.UTC(2028, 2, 1) - 1 })), 'approved')
  assert.equal(reasonOf(verdict('4242424242424242', { ...card, at: Date.UTC(2028, 2, 1) })), 'expired_card')
  assert.equal(reasonOf(verdict('4242424242424242', { month: 12, year: 2025 })), 'expired_card')
  assert.equal(reasonOf(verdict('4242424242424242', { month: 12, year: 2026 })), 'approved')
})

test('refuses an expiry that is not a month of a year', () => {
  for (const expiry of [
    { month: 0 },
    { month: 13 },
    { month: 1.5 },
    { month: Number.NaN },
    { year: 27 },
    { year: 1e6 },
  ]) {
    assert.equal(reasonOf(verdict('4242424242424242', expiry)), 'invalid_expiry', JSON.stringify(expiry))
  }
})

test('takes any security code of three or four digits and no other', () => {
  for (const code of ['000', '999', '1234']) assert.equal(reasonOf(verdict('4242424242424242', { code })), 'approved')
  for (const code of ['', '12', '12345', 'abc', '12\n', '１２３']) {
    assert.equal(reasonOf(verdict('4242424242424242', { code })), 'incorrect_security_code', code)
  }
})
