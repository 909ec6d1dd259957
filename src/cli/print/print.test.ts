import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cliRun } from '../../../test/support/cli.ts'
import { clean } from './clean.ts'
import { amountText, percentText } from './format.ts'
import { answer, jsonText, tell } from './print.ts'
import { createProgress } from './progress.ts'
import { facts, table } from './table.ts'

/** What a terminal would act on: controls but the line's end, and characters that reverse what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const harmful = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/

test('takes from a text what a terminal would act on', () => {
  assert.equal(
    clean('a\x1b[2Jb\u009b31mc\u202ed\r\ne\0\ud800'),
    'a\ufffd[2Jb\ufffd31mc\ufffdd\ufffd\ufffde\ufffd\ufffd',
  )
  assert.equal(clean('Bókabúð 👩‍🚀 漢字'), 'Bókabúð 👩‍🚀 漢字')
})

test('prints no harmful character, in lines or in JSON, whatever the database holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const run = cliRun()
      answer(run.io, {}, null, () => [...table([text], [[text]]), ...facts([['name', text]])])
      answer(run.io, { json: true }, { [text]: [text] }, () => [])
      tell(run.io, text)
      assert.doesNotMatch(run.out() + run.err(), harmful)
      assert.deepEqual(JSON.parse(jsonText({ [text]: text })), JSON.parse(JSON.stringify({ [text]: text })))
    }),
  )
})

test('prints amounts beyond what a number holds', () => {
  assert.equal(jsonText({ a: 2n ** 62n }), '{"a":"4611686018427387904"}')
  assert.equal(amountText(9_007_199_254_740_993n, 'EUR'), '90071992547409.93 EUR')
  assert.equal(amountText(1000n, 'ISK'), '1000 ISK')
  assert.equal(amountText(-5n, 'EUR'), '-0.05 EUR')
  assert.equal(amountText(5n, 'XTS'), '5 XTS')
  assert.equal(percentText(29_000), '2.9 %')
})

test('aligns columns, numbers to the right, and cuts what is too long', () => {
  assert.deepEqual(
    table(
      ['id', 'name'],
      [
        ['1', 'a'],
        ['22', 'é'.repeat(70)],
      ],
      ['id'],
    ),
    ['id  name', ' 1  a', `22  ${'é'.repeat(63)}…`],
  )
})

test('draws progress only for somebody who looks, and wipes it', () => {
  const seen = cliRun({}, { isTerminal: true })
  const progress = createProgress(seen.io)
  progress.show('5,000 payments\x1b[2J')
  progress.end()
  assert.equal(seen.err(), '\r\x1b[2K5,000 payments\ufffd[2J\r\x1b[2K')
  const unseen = cliRun()
  createProgress(unseen.io).show('x')
  assert.equal(unseen.err(), '')
})
