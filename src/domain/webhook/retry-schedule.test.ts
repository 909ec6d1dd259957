import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { someTime } from '../../../test/support/payments/factories.ts'
import { day, type Instant, second } from '../../kernel/instant.ts'
import { mostAttempts, nextAttemptAt, nominalWait } from './retry-schedule.ts'

const attempts = Array.from({ length: mostAttempts - 1 }, (_, index) => index + 1)

test('makes at least twelve attempts over exactly three days of nominal waits', () => {
  assert.ok(mostAttempts >= 12)
  assert.equal(
    attempts.reduce((sum, attempt) => sum + nominalWait(attempt), 0n),
    3n * day,
  )
  assert.deepEqual(
    attempts.slice(0, 4).map((attempt) => nominalWait(attempt) / second),
    [10n, 30n, 90n, 270n],
  )
})

test('each wait is within a tenth of its nominal length, and the same whenever it is asked for', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 1, max: mostAttempts - 1 }), (id, attempt) => {
      const next = nextAttemptAt(id, attempt, someTime)
      assert.ok(next !== null)
      const wait = next - someTime
      const nominal = nominalWait(attempt)
      assert.ok(wait * 10n >= nominal * 9n && wait * 10n <= nominal * 11n, `${wait} of ${nominal}`)
      assert.equal(nextAttemptAt(id, attempt, someTime), next)
    }),
  )
})

test('ends after the last attempt, for any message', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      let count = 0
      for (let at: Instant | null = someTime; at !== null; at = nextAttemptAt(id, count, at)) count += 1
      assert.equal(count, mostAttempts)
    }),
  )
})

test('spreads the messages of one outage', () => {
  const waits = Array.from({ length: 200 }, (_, index) => nextAttemptAt(`message-${index}`, 5, someTime))
  assert.ok(new Set(waits).size > 190)
})
