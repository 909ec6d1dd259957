import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Issue } from '../validation.ts'
import { checkSoftAmount, readAmount } from './amount.ts'

function read(value: unknown): bigint | string {
  const issues: Issue[] = []
  return (
    readAmount(value, ['totalAmount'], issues) ??
    issues.map(({ field, types }) => `${field.join('.')} ${types}`).join(', ')
  )
}

const eur = (amount: unknown) => ({ amount, currency: 'EUR' })

const accepted: readonly [string, bigint][] = [
  ['190.00', 19_000n],
  ['100', 10_000n],
  ['7.5', 750n],
  ['20.168', 2_017n],
  ['20.164', 2_016n],
  ['17.309999999999988', 1_731n],
  ['1e2', 10_000n],
  ['190,00', 19_000n],
  ['40,7', 4_070n],
  ['0.005', 1n],
]
for (const [text, minor] of accepted) {
  test(`reads ${text} as ${minor} cents`, () => assert.equal(read(eur(text)), minor))
}

const refused: readonly [unknown, string][] = [
  [undefined, 'totalAmount any.required'],
  [null, 'totalAmount object.base'],
  ['10.00', 'totalAmount object.base'],
  [[], 'totalAmount object.base'],
  [{}, 'totalAmount.amount any.required, totalAmount.currency any.required'],
  [eur(''), 'totalAmount.amount any.empty'],
  [eur('0'), 'totalAmount.amount number.greater'],
  [eur('0.004'), 'totalAmount.amount number.greater'],
  [eur('-5.00'), 'totalAmount.amount number.greater'],
  [eur('1,234'), 'totalAmount.amount number.base'],
  [eur('1.234,56'), 'totalAmount.amount number.base'],
  [eur('1,234.56'), 'totalAmount.amount number.base'],
  [eur('ten'), 'totalAmount.amount number.base'],
  [eur('NaN'), 'totalAmount.amount number.base'],
  [eur('0x10'), 'totalAmount.amount number.base'],
  [eur(true), 'totalAmount.amount number.base'],
  [eur('10\0'), 'totalAmount.amount number.base'],
  [{ amount: '10', currency: 'USD' }, 'totalAmount.currency any.allowOnly'],
  [{ amount: '10', currency: 'eur' }, 'totalAmount.currency any.allowOnly'],
  [{ amount: '10', currency: '' }, 'totalAmount.currency any.empty'],
  [{ amount: '', currency: 'USD' }, 'totalAmount.amount any.empty, totalAmount.currency any.allowOnly'],
]
for (const [value, complaint] of refused) {
  test(`refuses ${JSON.stringify(value)}`, () => assert.equal(read(value), complaint))
}

test('lets amounts beside the total be absent, zero, bare or without a currency', () => {
  const issues: Issue[] = []
  for (const value of [undefined, null, eur('0'), eur('0.0'), eur(12.5), { amount: '10' }, {}, eur('1.4E-14')]) {
    checkSoftAmount(value, ['taxAmount'], issues)
  }
  assert.deepEqual(issues, [])
})

test('refuses a price that is not a number', () => {
  const issues: Issue[] = []
  checkSoftAmount(eur('free'), ['items', 0, 'price'], issues)
  assert.deepEqual(issues, [
    {
      field: ['items', 0, 'price', 'amount'],
      location: 'body',
      messages: ['"amount" must be a decimal number'],
      types: ['number.base'],
    },
  ])
})
