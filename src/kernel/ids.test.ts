import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newAttemptId, newCommandId, newPaymentId, parsePaymentId, randomToken } from './ids.ts'

test('a payment id leads with its merchant and is twelve upper-case letters and digits', () => {
  const id = newPaymentId('A7K2')
  assert.match(id, /^A7K2[A-Z0-9]{8}$/)
  assert.equal(parsePaymentId(id), id)
})

for (const text of [
  ...['', 'A7K2', 'a7k2qxj4mz0p', 'A7K2QXJ4MZ0P1', 'A7K2QXJ4MZ0P\n', 'A7K2QXJ4MZ0\u0000', 'А7K2QXJ4MZ0P'],
  ...["A7K2'; drop--", '../../../etc/', '__proto__', 'A7K2QXJ4MZ0\uD800', 'A'.repeat(1_000_000)],
]) {
  test(`refuses ${JSON.stringify(text.slice(0, 20))} as a payment id`, () => {
    assert.equal(parsePaymentId(text), undefined)
  })
}

test('ids do not repeat', () => {
  const ids = Array.from({ length: 2_000 }, () => [newPaymentId('A7K2'), newCommandId(), newAttemptId()]).flat()
  assert.equal(new Set(ids).size, ids.length)
})

test('tokens draw on the whole alphabet', () => {
  assert.equal(new Set(randomToken(5_000)).size, 36)
})
