import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { systemNow } from './clock.ts'
import { minute, plus } from './instant.ts'

test('follows the system clock when it is set, forward and back, and counts microseconds in between', () => {
  const before = systemNow()
  const real = Date.now
  const skewed = mock.method(Date, 'now', () => real() + 600_000)
  const ahead = systemNow()
  assert(ahead >= plus(before, 9n * minute))
  skewed.mock.restore()
  const back = systemNow()
  assert(back < plus(before, 9n * minute) && back >= plus(before, -1n * minute))
  const instants = Array.from({ length: 200 }, systemNow)
  assert(new Set(instants.map((instant) => instant % 1000n)).size > 1)
})
