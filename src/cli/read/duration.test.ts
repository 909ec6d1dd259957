import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { durationText } from '../print/format.ts'
import { parseDuration } from './duration.ts'

test('reads durations of one or several units', () => {
  const read = ['5d', '40m', '1h30m', '2w', '90s', '250ms', '0s', '1d2h3m4s5ms', '007m'].map(parseDuration)
  assert.deepEqual(read, [432e6, 24e5, 54e5, 12096e5, 9e4, 250, 0, 93_784_005, 42e4])
})

test('refuses what is not a duration, repeats a unit or goes backwards', () => {
  const texts = [
    '',
    '5',
    'd',
    '-5d',
    '1.5h',
    '5 d',
    '1h1h',
    '30m1h',
    '5D',
    '1e3s',
    '5d\n',
    ' 5d',
    '٥d',
    '5d\u0000',
    '999999999999w',
  ]
  for (const text of texts) assert.equal(parseDuration(text), undefined, JSON.stringify(text))
})

test('reads back every duration it prints', () => {
  fc.assert(fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (ms) => parseDuration(durationText(ms)) === ms))
})
