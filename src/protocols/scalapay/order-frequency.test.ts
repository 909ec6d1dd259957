import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderFrequency } from './order-frequency.ts'

function read(frequency: unknown): unknown {
  return orderFrequency({ details: JSON.stringify({ frequency }) })
}

test('reads the frequency with a number or a numeric text', () => {
  assert.deepEqual(read({ number: 14, frequencyType: 'daily' }), { number: 14, frequencyType: 'daily' })
  assert.deepEqual(read({ number: '30', frequencyType: 'Daily' }), { number: 30, frequencyType: 'daily' })
  assert.deepEqual(read({ number: 1, frequencyType: 'monthly' }), { number: 1, frequencyType: 'monthly' })
})

test('takes no notice of a frequency that says nothing', () => {
  const unreadable = [
    null,
    [],
    'daily',
    {},
    { number: 14 },
    { frequencyType: 'daily' },
    { number: 1.5, frequencyType: 'daily' },
  ]
  for (const each of [...unreadable, { number: 1, frequencyType: 'constructor' }])
    assert.equal(read(each), undefined, JSON.stringify(each))
  assert.equal(orderFrequency({ details: '[]' }), undefined)
})
