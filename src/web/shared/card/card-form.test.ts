import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instantFromMillis } from '../../../kernel/instant.ts'
import { parseCardForm } from './card-form.ts'

const now = instantFromMillis(Date.UTC(2026, 5, 15))
const good = { number: '4242424242424242', expiry: '12/29', code: '123' }

function problemsOf(form: unknown): unknown {
  const result = parseCardForm(form, now)
  return result.ok ? {} : result.reason
}

test('reads a card however people group and shorten it', () => {
  const spellings = [
    {},
    { number: '4242 4242 4242 4242' },
    { number: ' 4242-4242-4242-4242 ' },
    { expiry: '12/2029' },
    { expiry: '12 / 29' },
    { expiry: '1229' },
    { expiry: '12-29' },
  ]
  for (const spelling of spellings) {
    const result = parseCardForm({ ...good, ...spelling }, now)
    assert(result.ok, JSON.stringify(spelling))
    const { number, securityCode, expiryMonth, expiryYear } = result.value
    assert.deepEqual([number.reveal(), securityCode.reveal(), expiryMonth, expiryYear], [good.number, '123', 12, 2029])
  }
})

test('takes a card through the last day of its month and no longer', () => {
  assert.deepEqual(problemsOf({ ...good, expiry: '6/26' }), {})
  assert.deepEqual(problemsOf({ ...good, expiry: '05/26' }), { expiry: 'expiry_past' })
  assert.deepEqual(problemsOf({ ...good, expiry: '06/1999' }), { expiry: 'expiry_past' })
})

test('names what is missing', () => {
  const all = { number: 'number_missing', expiry: 'expiry_missing', code: 'code_missing' }
  for (const form of [{}, null, undefined, 'number=1', [], { number: ' ', expiry: '', code: '\t' }])
    assert.deepEqual(problemsOf(form), all)
})

test('names what cannot be read, and each field for itself', () => {
  for (const number of ['4242', '4242x24242424242', '١٢٣٤١٢٣٤١٢٣٤١٢٣٤', '4'.repeat(20)])
    assert.deepEqual(problemsOf({ ...good, number }), { number: 'number_format' })
  for (const expiry of ['13/29', '0/29', '12', '12/029', '2029-12', '12/29/01', 'soon'])
    assert.deepEqual(problemsOf({ ...good, expiry }), { expiry: 'expiry_format' })
  for (const code of ['12', '12345', 'abc']) assert.deepEqual(problemsOf({ ...good, code }), { code: 'code_format' })
})

test('takes nothing from a field that was sent twice, is huge, or is not its own', () => {
  assert.deepEqual(problemsOf({ ...good, number: [good.number, good.number] }), { number: 'number_missing' })
  assert.deepEqual(problemsOf({ ...good, code: '1'.repeat(100_000) }), { code: 'code_missing' })
  assert.deepEqual(problemsOf(Object.create(good)), problemsOf({}))
})

test('never throws and never repeats what was typed', () => {
  fc.assert(
    fc.property(fc.record({ number: fc.anything(), expiry: fc.anything(), code: fc.anything() }), (form) => {
      const text = JSON.stringify(parseCardForm(form, now))
      assert.match(text, /^\{"ok":(true|false),/)
    }),
  )
  assert.doesNotMatch(JSON.stringify(parseCardForm({ ...good, code: 'x' }, now)), /4242/)
})
