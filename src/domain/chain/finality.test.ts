import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Currency } from '../../kernel/currency.ts'
import { confirmationsFor, confirmationsOf, isFinal } from './finality.ts'

const USD = 'USD' as Currency
const counting = { confirmations: 3, hasFinality: false }
const telling = { confirmations: 15, hasFinality: true }

test('counts a block of its own as one, and nothing beyond what was read', () => {
  assert.deepEqual(
    [100n, 98n, 101n].map((block) => confirmationsOf(block, { head: 100n, finalized: null })),
    [1n, 3n, 0n],
  )
})

test('is final after as many blocks as the chain needs', () => {
  const at = (block: bigint) => isFinal(block, { head: 100n, finalized: null }, counting, null)
  assert.deepEqual([at(98n), at(99n)], [true, false])
})

test('believes a chain that says what is final, and counts where it does not say', () => {
  const at = (block: bigint, finalized: bigint | null) => isFinal(block, { head: 100n, finalized }, telling, null)
  assert.deepEqual([at(98n, 98n), at(99n, 98n), at(86n, null), at(87n, null)], [true, false, true, false])
  assert.equal(isFinal(99n, { head: 100n, finalized: 100n }, counting, null), false)
})

test('counts by the merchant’s own number where there is one, which may be none at all', () => {
  const at = (block: bigint, wanted: number) => isFinal(block, { head: 100n, finalized: 100n }, telling, wanted)
  assert.deepEqual([at(100n, 0), at(100n, 1), at(100n, 2), at(71n, 30)], [true, true, false, true])
})

test('takes the tier of the largest amount that the payment reaches, in its own currency', () => {
  const tiers = [
    { currency: USD, from: 0n, confirmations: 1 },
    { currency: USD, from: 100_000n, confirmations: 30 },
    { currency: 'EUR' as Currency, from: 0n, confirmations: 5 },
  ]
  const of = (code: string, minor: bigint) => confirmationsFor(tiers, { currency: code as Currency, minor })
  assert.deepEqual([of('USD', 99_999n), of('USD', 100_000n), of('EUR', 1n), of('JPY', 1n)], [1, 30, 5, null])
})
