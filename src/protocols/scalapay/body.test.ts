import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JsonBody } from '../shared/body.ts'
import { type BodyFault, parseBody } from './body.ts'

function parsed(text: string | Buffer, amountKey?: string): JsonBody {
  const body = parseBody(Buffer.from(text), amountKey)
  assert(body.ok)
  return body.value
}

function fault(text: string | Buffer): BodyFault | 'none' {
  const body = parseBody(Buffer.from(text), undefined)
  return body.ok ? 'none' : body.reason
}

test('drops a byte order mark', () => {
  assert.equal(parsed('\ufeff{"a":1}').text, '{"a":1}')
})

test('reads an amount that came as a number by its digits', () => {
  const body = parsed('{"totalAmount":{"amount":17.309999999999988123,"currency":"EUR"},"n":1.10}', 'totalAmount')
  assert.deepEqual(body.value.totalAmount, { amount: '17.309999999999988123', currency: 'EUR' })
  assert.equal(body.value.n, 1.1)
})

test('refuses what is not a JSON object in UTF-8', () => {
  assert.equal(fault('{'), 'not_json')
  assert.equal(fault('{"a":NaN}'), 'not_json')
  assert.equal(fault(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 'not_utf8')
  assert.equal(fault('null'), 'not_an_object')
  assert.equal(fault('[]'), 'not_an_object')
  assert.equal(fault('"text"'), 'not_an_object')
})

test('allows 64 levels and no more, not counting brackets inside strings', () => {
  const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`
  assert.equal(fault(nested(64)), 'none')
  assert.equal(fault(nested(65)), 'too_deep')
  assert.equal(fault(JSON.stringify({ a: '['.repeat(200), 'b\\"[[': '\\\\"'.repeat(80) })), 'none')
  assert.equal(fault('['.repeat(250_000)), 'too_deep')
})

test('finds the depth of any JSON as a walk over its values does', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
  const wrapped = fc.tuple(fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }), fc.integer({ min: 55, max: 66 }))
  fc.assert(
    fc.property(wrapped, ([value, levels]) => {
      let text = JSON.stringify(value)
      for (let level = 0; level < levels; level++) text = `{"\\"[{":${text}}`
      assert.equal(fault(text), depthOf(value) + levels > 64 ? 'too_deep' : 'none')
    }),
  )
})

test('leaves prototype keys harmless', () => {
  const { value } = parsed('{"__proto__":{"token":"x"},"constructor":{"prototype":{"token":"y"}}}')
  assert.equal(value.token, undefined)
  assert.equal(Object.getPrototypeOf({}).token, undefined)
})
