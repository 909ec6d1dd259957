import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantFromMillis, isoOf } from '../../kernel/instant.ts'
import { instantOf, parseTime, readWhen } from './time.ts'

test('reads a day as its midnight in UTC, and a time in its own zone', () => {
  const texts = ['2031-02-28', '2031-02-28T09:30Z', '2031-02-28 09:30:15.5Z', '2031-02-28T00:30:00+01:00', '2032-02-29']
  assert.deepEqual(
    texts.map((text) => isoOf(parseTime(text) ?? instantFromMillis(0))),
    [
      '2031-02-28T00:00:00.000Z',
      '2031-02-28T09:30:00.000Z',
      '2031-02-28T09:30:15.500Z',
      '2031-02-27T23:30:00.000Z',
      '2032-02-29T00:00:00.000Z',
    ],
  )
})

test('refuses a time without a zone, and days the calendar does not have', () => {
  const texts = [
    '',
    'now',
    '2031-02-30',
    '2031-13-01',
    '2031-02-28T09:30',
    '2031-02-28T25:00Z',
    '1969-01-01',
    '+012031-01-01',
    '2031-02-28\n',
  ]
  for (const text of texts) assert.equal(parseTime(text), undefined, JSON.stringify(text))
})

test('takes a duration as how long ago it was', () => {
  const now = instantFromMillis(Date.UTC(2031, 0, 1, 12))
  assert.equal(isoOf(instantOf(readWhen('2h30m'), now)), '2031-01-01T09:30:00.000Z')
  assert.equal(isoOf(instantOf(readWhen('2030-05-01'), now)), '2030-05-01T00:00:00.000Z')
  assert.throws(() => readWhen('yesterday'), /how long ago/)
})
