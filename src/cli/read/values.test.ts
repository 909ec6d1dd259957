import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collectProduct, productLimits } from './product.ts'
import { readId, readLimit, readPercent } from './values.ts'

test('reads percentages from their digits', () => {
  assert.deepEqual(
    ['5', '2.9%', '0', '100', '0.0001', '12.3456 %'].map(readPercent),
    [50_000, 29_000, 0, 1_000_000, 1, 123_456],
  )
  for (const text of ['', '-1', '100.1', '1e2', '2.90001', '2,9', 'NaN', '%'])
    assert.throws(() => readPercent(text), /percentage/)
})

test('reads limits and ids, and nothing like them', () => {
  assert.equal(readLimit('1000'), 1000)
  for (const text of ['0', '1001', '-1', '1.0', '', '٣']) assert.throws(() => readLimit(text), /whole number/)
  assert.equal(readId('0197F3C2-5D1E-7C44-9A53-0D8F2F3B9C11'), '0197f3c2-5d1e-7c44-9a53-0d8f2f3b9c11')
  for (const text of ['', 'x', "0197f3c2-5d1e-7c44-9a53-0d8f2f3b9c1'"]) assert.throws(() => readId(text), /id like/)
})

test('reads product limits in the currency they are for', () => {
  const typed = collectProduct('later:1-2.50', collectProduct('pay-in-3:5.00-2000'))
  assert.deepEqual(productLimits(typed, 'EUR'), [
    { product: 'pay-in-3', minimum: 500n, maximum: 200_000n },
    { product: 'later', minimum: 100n, maximum: 250n },
  ])
  assert.equal(productLimits(undefined, 'EUR')[0]?.maximum, 200_000n)
  assert.deepEqual(productLimits(undefined, 'ISK'), [], 'instalments are sold in EUR only')
})

test('refuses limits that are finer than the currency instead of rounding them', () => {
  assert.throws(() => productLimits(collectProduct('later:1-2.50'), 'ISK'), /2\.50 is not an amount of ISK/)
  assert.throws(() => productLimits(collectProduct('later:1-2.505'), 'EUR'), /2\.505/)
  assert.throws(() => productLimits(undefined, 'XXX'), /currency/)
  for (const text of ['later', 'later:5', 'Later:1-2', 'later:-1-2', 'later:1-1e9', '__proto__:1-2'])
    assert.throws(() => collectProduct(text), /name and two amounts/)
})
