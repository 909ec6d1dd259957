import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import type { JsonObject } from '../../shared/body.ts'
import { readBody } from '../body.ts'
import { namespaces } from './namespaces.ts'

const valitor = namespaces.get('valitor_greidslugatt')
assert(valitor)
const read = (text: string) => {
  const details = readBody(Buffer.from(text), undefined)
  assert(details.ok)
  return valitor.readDetails(details.value)
}
const card = { cardNumber: '4242424242424242', cardSecurityCode: '012', expiryMonth: '12', expiryYear: '2027' }

test('reads a card as shoppers write it', () => {
  for (const details of [
    card,
    { ...card, cardNumber: '4242 4242-4242 4242', expiryMonth: '12', expiryYear: '27' },
    { ...card, cardNumber: 4242424242424242, expiryMonth: 12, expiryYear: 2027 },
  ]) {
    const result = read(JSON.stringify(details))
    assert(result.ok)
    const { number, securityCode, expiryMonth, expiryYear } = result.value
    assert.deepEqual(
      [number.reveal(), securityCode.reveal(), expiryMonth, expiryYear],
      [card.cardNumber, '012', 12, 2027],
    )
    assert(!inspect(result).includes(card.cardNumber))
  }
})

test('names the field that is wrong, and never its value', () => {
  const wrong: [string, unknown][] = [
    ['cardNumber', '1234567'],
    ['cardNumber', '4'.repeat(20)],
    ['cardNumber', null],
    ['cardNumber', 1.5],
    ['cardSecurityCode', '12'],
    ['cardSecurityCode', 12],
    ['cardSecurityCode', 'abc'],
    ['expiryMonth', '0'],
    ['expiryMonth', '13'],
    ['expiryYear', '1999'],
    ['expiryYear', '202'],
    ['expiryYear', ['2027']],
  ]
  for (const [name, value] of wrong) {
    const result = read(JSON.stringify({ ...card, [name]: value }))
    assert(!result.ok)
    assert.equal(result.reason.field, `details.${name}`)
  }
})

test('reads own properties alone', () => {
  const details: JsonObject = JSON.parse(`{"__proto__": ${JSON.stringify(card)}}`)
  assert.equal(valitor.readDetails(details).ok, false)
})
