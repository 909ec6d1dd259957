import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantFromMillis, minute, plus, second } from '../../kernel/instant.ts'
import { nextTry } from './retry-schedule.ts'

const now = instantFromMillis(0)

test('tries again ever later, and gives up after about a day', () => {
  const waits = Array.from({ length: 7 }, (_, tries) => nextTry(tries + 1, now, null))
  assert.deepEqual(
    waits.map((at) => (at === null ? null : at / second)),
    [30n, 120n, 600n, 3_600n, 21_600n, 64_800n, null],
  )
})

test('does not try when it would come too late to be of use', () => {
  assert.equal(nextTry(2, now, plus(now, minute)), null)
  assert.equal(nextTry(1, now, plus(now, minute)), plus(now, 30n * second))
})
