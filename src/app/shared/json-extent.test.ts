import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excessOf } from './json-extent.ts'

test('counts brackets and values outside strings, and stops at the first too many', () => {
  const deep = (text: string, deepest: number) => excessOf(text, { deepest, mostValues: 100 })
  assert.equal(deep('[[["]]]["]]]', 3), undefined)
  assert.equal(deep('[[[["', 3), 'too_deep')
  assert.equal(deep('{"a\\"[[[[":[]}', 2), undefined)
  const long = (text: string, mostValues: number) => excessOf(text, { deepest: 10, mostValues })
  assert.equal(long('{"a":[1,2]}', 3), undefined)
  assert.equal(long('{"a":[1,2]}', 2), 'too_many_values')
  assert.equal(long('["a,b,[{",{},{}]', 5), undefined)
  assert.equal(long('["a,b,[{",{},{}]', 4), 'too_many_values')
  assert.equal(long(`[${'{},'.repeat(9)}`, 5), 'too_many_values', 'also of what is not JSON')
})
