import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isLosslessNumber, parse } from 'lossless-json'
import { parseIfPlain } from './json-text.ts'

/** The value with each number as the digits it was written in. */
function withDigits(value: unknown): unknown {
  if (typeof value === 'number') return { digits: String(value) }
  if (isLosslessNumber(value)) return { digits: value.value }
  if (Array.isArray(value)) return value.map(withDigits)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value).map(([key, each]) => [key, withDigits(each)])
}

test('reads a plain text as a reader that keeps digits does, or leaves it to that one', () => {
  const whole = fc.nat({ max: 999_999_999_999_999 }).map(String)
  const other = fc.constantFrom('-1', '-0', '0', '1.0', '1e3', '2E-7', '0.1', '9007199254740993', '1000000000000000')
  const text = fc
    .oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('"1.5e', '\\', '-', ':', '{"a":1', '\\"'))
    .map((s) => JSON.stringify(s))
  const { json } = fc.letrec<{ json: string; object: string; array: string; leaf: string }>((tie) => ({
    leaf: fc.oneof(text, whole, other, fc.constantFrom('true', 'false', 'null')),
    object: fc
      .uniqueArray(fc.tuple(text, tie('json')), { selector: ([key]) => key, maxLength: 4 })
      .map((entries) => `{ ${entries.map(([key, value]) => `${key} :${value}`).join(',\n')}}`),
    array: fc.array(tie('json'), { maxLength: 4 }).map((entries) => `[${entries.join(' , ')}]`),
    json: fc.oneof({ maxDepth: 4, withCrossShrink: true }, tie('leaf'), tie('object'), tie('array')),
  }))
  let read = 0
  fc.assert(
    fc.property(json, (sent) => {
      const value = parseIfPlain(sent)
      if (value === undefined) return
      read += 1
      assert.deepEqual(withDigits(value), withDigits(parse(sent)))
    }),
    { numRuns: 2_000 },
  )
  assert(read > 500, `${read} texts were plain`)
})

test('leaves to another reader what the platform would read another value from', () => {
  for (const number of ['-0', '-1', '1.0', '1.5', '1e3', '1E3', '9007199254740993', '1000000000000000']) {
    assert.equal(parseIfPlain(`{"amount":${number}}`), undefined, number)
  }
  assert.equal(parseIfPlain('{"amount":1,"amount":2}'), undefined)
  assert.equal(parseIfPlain('{"a":{"b":1,"b":1}}'), undefined)
  assert.equal(parseIfPlain('[{"a":[{"b":1,"\\u0062":2}]}]'), undefined, 'the same key in other letters')
})

test('reads numbers, keys and marks inside strings as text', () => {
  const value = { 'a:b': '-1.5e3 "{[', true: [1, 999_999_999_999_999], e: '\\' }
  assert.deepEqual(parseIfPlain(JSON.stringify(value)), value)
})

test('refuses what is not JSON', () => {
  for (const text of ['', '{', '{"a" 1}', '{"a":01}', '1e', '"', '{"a":1}x', '{"a::"}']) {
    assert.throws(() => {
      if (parseIfPlain(text) === undefined) parse(text)
    }, text)
  }
})
