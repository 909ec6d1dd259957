import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemNow } from './clock.ts'
import { day, hour, instantFromMicros, instantFromMillis, isoOf, millisOf, minute, plus, second } from './instant.ts'

test('prints ISO 8601 in UTC with milliseconds, cutting the microseconds off', () => {
  const instant = instantFromMicros(1_731_071_177_858_999n)
  assert.equal(isoOf(instant), '2024-11-08T13:06:17.858Z')
  assert.equal(millisOf(instant), 1_731_071_177_858)
})

test('takes milliseconds as they come from Date, fractions cut off', () => {
  assert.equal(instantFromMillis(1_731_071_177_858.9), 1_731_071_177_858_000n)
})

test('adds durations without losing a microsecond', () => {
  const start = instantFromMicros(1n)
  assert.equal(plus(start, 25n * day + hour + minute + second), 1n + 2_163_661_000_000n)
  assert.equal(plus(start, -1n), 0n)
})

test('the system clock agrees with Date to the second', () => {
  const between = [BigInt(Date.now()) - 1_000n, BigInt(millisOf(systemNow())), BigInt(Date.now()) + 1_000n] as const
  assert(between[0] <= between[1] && between[1] <= between[2])
})
