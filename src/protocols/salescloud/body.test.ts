import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { readBody } from './body.ts'

const ruleFor = (body: unknown) => {
  const result = readBody(typeof body === 'string' ? Buffer.from(body) : body, undefined)
  assert(!result.ok)
  assert.equal(result.reason.field, 'the body')
  return result.reason.rule
}

test('says what is wrong with a body, and where', () => {
  const rules: [body: unknown, rule: string][] = [
    [undefined, 'is empty, and must be a JSON object'],
    ['', 'is empty, and must be a JSON object'],
    [Buffer.from('{"comment":"\xe9"}', 'latin1'), 'must be UTF-8 text, and not compressed'],
    [gzipSync('{"amount":1000}'), 'must be UTF-8 text, and not compressed'],
    ['[]', 'must be a JSON object'],
    ['"4242424242424242"', 'must be a JSON object'],
    ['4242424242424242', 'must be a JSON object'],
    ['{"namespace":', 'is not JSON: it ends too early'],
    ['{"amount": 1000,}', 'is not JSON from line 1, column 17 on'],
    ['{\n  "email" : "hello@world.is"\n  "country": "IS"\n}', 'is not JSON from line 3, column 3 on'],
    ['{\n  "coupon": null, // The coupon uuid\n}', 'is not JSON from line 2, column 19 on: JSON has no comments'],
    ['{"amount":-}', 'is not JSON from line 1, column 12 on'],
    ['{"amount":1,\n"amount":2}', 'has a key twice with different values, at line 2, column 1'],
    ['{"a":{"b":"x"},"c":{"b":1.5,"b":1.6}}', 'has a key twice with different values, at line 1, column 29'],
    [`{"a":${'['.repeat(40)}${']'.repeat(40)}}`, 'is nested too deeply'],
  ]
  for (const [body, rule] of rules) assert.equal(ruleFor(body), rule, String(body))
})

test('quotes nothing of a body that is not JSON', () => {
  const body = JSON.stringify({ details: { cardNumber: '4929123456781237', '4929123456781237': [4929123456781237] } })
  const spoilt = fc
    .tuple(
      fc.nat({ max: body.length }),
      fc.constantFrom('"', '\\', '\\u4929', '-', '4929', ',', '}', ']', '{', ' at position 49291'),
    )
    .map(([at, noise]) => body.slice(0, at) + noise + body.slice(at))
  fc.assert(
    fc.property(spoilt, (text) => {
      const result = readBody(Buffer.from(text), undefined)
      if (!result.ok)
        assert.match(result.reason.rule, /^(is not JSON|has a key twice|must be)\D*(line 1, column \d{1,3}( on)?)?$/)
    }),
    { numRuns: 2_000 },
  )
})
