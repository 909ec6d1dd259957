import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addUnits,
  decimalOfUnits,
  largestUnits,
  noUnits,
  subtractUnits,
  tokenAmount,
  unitsFromDecimal,
} from './token-amount.ts'

test('reads decimals as smallest units, exactly or not at all', () => {
  assert.equal(unitsFromDecimal('1.5', 6), 1_500_000n)
  assert.equal(unitsFromDecimal('1.5000000', 6), 1_500_000n)
  for (const text of ['1.0000001', '-1', '1e3', '', '.5', '1.', ' 1', '1'.repeat(79)])
    assert.equal(unitsFromDecimal(text, 6), undefined)
  assert.equal(unitsFromDecimal(String(largestUnits), 0), largestUnits)
  assert.equal(unitsFromDecimal(String(largestUnits + 1n), 0), undefined)
})

test('writes all digits and no more, and reads them back', () => {
  assert.deepEqual(
    [decimalOfUnits(noUnits, 18), decimalOfUnits(tokenAmount(5n), 1), decimalOfUnits(tokenAmount(100n), 0)],
    ['0', '0.5', '100'],
  )
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 60n), fc.integer({ min: 0, max: 18 }), (units, decimals) => {
      assert.equal(unitsFromDecimal(decimalOfUnits(tokenAmount(units), decimals), decimals), units)
    }),
  )
})

test('holds what its column holds and nothing negative', () => {
  const most = tokenAmount(10n ** 78n - 1n)
  assert.throws(() => addUnits(most, tokenAmount(1n)))
  assert.throws(() => subtractUnits(noUnits, tokenAmount(1n)))
  assert.equal(addUnits(subtractUnits(most, tokenAmount(1n)), tokenAmount(1n)), most)
})
