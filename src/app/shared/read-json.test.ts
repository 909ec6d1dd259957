import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readJson } from './read-json.ts'

test('reads whatever JSON there is as the platform does', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), fc.constantFrom(undefined, 2, '\t'), (json, space) => {
      const text = JSON.stringify(JSON.parse(json), null, space)
      assert.deepEqual(readJson(text), { ok: true, value: JSON.parse(text) })
    }),
  )
})

test('refuses a key that its object has already with another value, however it is written, and says where', () => {
  const wrong: [string, string][] = [
    ['{"percent":5,"percent":50}', 'line 1, column 14'],
    ['{"a":1,\n  "a":2}', 'line 2, column 3'],
    ['{"a":{"b":[{"c":1,"c" : 2}]}}', 'line 1, column 19'],
    ['{"a":{"a":{}},"\\u0061":3}', 'line 1, column 15'],
    ['{"__proto__":1,"__proto__":2}', 'line 1, column 16'],
    ['{"":"}","":"{"}', 'line 1, column 9'],
  ]
  for (const [text, place] of wrong)
    assert.deepEqual(readJson(text), { ok: false, reason: `has a key twice with different values, at ${place}` }, text)
  const right = [
    '{"a":"a","b":"a"}',
    '[{"a":1},{"a":1}]',
    '{"a":{"a":1}}',
    '{"a\\"":1,"a\\\\":2}',
    '["a","a"]',
    '{"a":1,"a":1}',
  ]
  for (const text of right) assert.ok(readJson(text).ok, text)
})

test('says where a text is not JSON, and quotes nothing of it', () => {
  const wrong: [string, string][] = [
    ['', ': it ends too early'],
    ['{"a": canary}', ' from line 1, column 7 on'],
    ['{\n "a": "canary" x', ' from line 2, column 16 on'],
    ['{"a":1}}', ' from line 1, column 8 on'],
    ['{"a":1,"b":2,', ': it ends too early'],
    ['{"at position 9":tru', ' from line 1, column 18 on'],
  ]
  for (const [text, where] of wrong)
    assert.deepEqual(readJson(text), { ok: false, reason: `is not JSON${where}` }, text)
})

test('reads or refuses what is nested deeply, and survives it', () => {
  for (const depth of [9_000, 100_000, 1_000_000])
    for (const text of ['['.repeat(depth), '['.repeat(depth) + ']'.repeat(depth), '{"a":'.repeat(depth)])
      assert.equal(typeof readJson(text).ok, 'boolean')
})
