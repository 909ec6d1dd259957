import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CalendarDate, dateIn, isTimeZone, plusDays, plusMonths, utcMillisOf } from './calendar-date.ts'
import { instantFromMillis } from './instant.ts'

const zones = fc.constantFrom('UTC', 'Europe/Rome', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu')
const times = fc.integer({ min: 0, max: 4_102_444_800_000 })

test('counts days and months as Temporal does, in every zone', () => {
  const property = fc.property(zones, times, fc.integer({ min: 0, max: 90 }), (zone, millis, count) => {
    const date = dateIn(zone, instantFromMillis(millis))
    const expected = Temporal.Instant.fromEpochMilliseconds(millis).toZonedDateTimeISO(zone).toPlainDate()
    assert.equal(date, expected.toString())
    assert.equal(plusDays(date, count), expected.add({ days: count }).toString())
    assert.equal(plusMonths(date, count), expected.add({ months: count }).toString())
    assert.equal(utcMillisOf(date), expected.toZonedDateTime('UTC').epochMilliseconds)
  })
  fc.assert(property)
})

test('a month that is too short gives its last day', () => {
  assert.equal(plusMonths('2024-01-31' as CalendarDate, 1), '2024-02-29')
  assert.equal(plusMonths('2023-12-31' as CalendarDate, 2), '2024-02-29')
  assert.equal(plusMonths('2024-12-31' as CalendarDate, 11), '2025-11-30')
})

test('a zone is known by its name', () => {
  for (const name of ['Europe/Rome', 'Atlantic/Reykjavik', 'UTC', 'Etc/GMT+5']) assert(isTimeZone(name), name)
  for (const name of ['', 'Rome', '+02:00', 'Europe/Roma', 'Europe/Rome\n', '__proto__'])
    assert(!isTimeZone(name), name)
})
