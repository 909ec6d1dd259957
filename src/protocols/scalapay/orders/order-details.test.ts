import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compactDetails, orderDetailsText } from './order-details.ts'

test('echoes the text untouched while the reference is the one that was sent', () => {
  const sent = '{ "a": 1.10, "merchantReference" : "R1",\n "b": 1e400 }'
  assert.equal(orderDetailsText(sent, 'R1'), sent)
})

test('echoes the text untouched when there never was a reference', () => {
  for (const sent of ['{"a":1}', '{"merchantReference":""}', '{"merchantReference":null}']) {
    assert.equal(orderDetailsText(sent, null), sent)
  }
})

test('puts the newest reference where the old one stood, and keeps every digit', () => {
  assert.equal(
    orderDetailsText('{"merchantReference":"old","x":1.10,"y":12345678901234567890}', 'new "quoted"'),
    '{"merchantReference":"new \\"quoted\\"","x":1.10,"y":12345678901234567890}',
  )
})

test('adds a reference that came later and drops one that was removed', () => {
  assert.equal(orderDetailsText('{"x":1}', 'R2'), '{"x":1,"merchantReference":"R2"}')
  assert.equal(orderDetailsText('{"merchantReference":"R1","x":1}', null), '{"x":1}')
})

test('changes the top level only, and keeps prototype keys as plain keys', () => {
  const sent = '{"merchant":{"merchantReference":"inner"},"__proto__":{"a":1},"merchantReference":"R1"}'
  assert.equal(
    orderDetailsText(sent, 'R2'),
    '{"merchant":{"merchantReference":"inner"},"__proto__":{"a":1},"merchantReference":"R2"}',
  )
})

test('takes the last of a key that was sent twice', () => {
  const sent = '{"merchantReference":"first","merchantReference":"last"}'
  assert.equal(orderDetailsText(sent, 'last'), sent)
  assert.equal(orderDetailsText(sent, 'newer'), '{"merchantReference":"newer"}')
})

test('gives the same without white space, every digit as it was sent', () => {
  const sent = '{ "merchantReference": "R1",\n "x": 9007199254740993, "y": 1.50 }'
  assert.equal(compactDetails(sent, 'R1'), '{"merchantReference":"R1","x":9007199254740993,"y":1.50}')
  assert.equal(compactDetails(sent, 'R2'), '{"merchantReference":"R2","x":9007199254740993,"y":1.50}')
  assert.equal(compactDetails(sent, null), '{"x":9007199254740993,"y":1.50}')
})
