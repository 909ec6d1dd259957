import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogueKinds, kindNamed, parseEntityId } from './kinds.ts'

test('knows its kinds by name, and nothing that every object has', () => {
  for (const kind of catalogueKinds) assert.equal(kindNamed(kind), kind)
  for (const name of ['__proto__', 'constructor', 'toString', 'Channels', 'organization', '', 'x'.repeat(2_000)])
    assert.equal(kindNamed(name), undefined, name)
})

test('reads ids as their kind writes them', () => {
  const uuid = '18F2D14E-2D1D-4E5F-9A3C-E174A92F6CA1'
  assert.equal(parseEntityId('products', uuid), uuid.toLowerCase())
  assert.equal(parseEntityId('discountRules', 'three_for_two'), 'three_for_two')
  for (const id of ['', '__proto__', 'Three', `${uuid} `, 'a\0', 'a\n', 'x'.repeat(65)])
    for (const kind of ['products', 'discountRules'] as const) assert.equal(parseEntityId(kind, id), undefined, id)
})
