import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '../../kernel/calendar-date.ts'
import { ageOn, parseBirthDate, parseProfile } from './profile.ts'

const today = '2028-02-28' as CalendarDate
const typed = {
  ...{ givenNames: ' Ada ', surname: 'Verdi', birthDate: '31/01/1990', address: 'Via Uno 1' },
  ...{ postcode: '20100', city: 'Milano', country: 'IT' },
}

function problems(change: Partial<typeof typed>) {
  const result = parseProfile({ ...typed, ...change }, today)
  return result.ok ? {} : result.reason
}

test('takes what people type for what they mean', () => {
  const result = parseProfile(typed, today)
  assert(result.ok)
  assert.deepEqual([result.value.givenNames, result.value.birthDate], ['Ada', '1990-01-31'])
  for (const text of ['1990-01-31', '31.1.1990', '31-01-1990', '31 01 1990'])
    assert.equal(parseBirthDate(text), '1990-01-31')
})

test('lets in who is eighteen today, and nobody younger', () => {
  assert.deepEqual(problems({ birthDate: '2010-02-28' }), {})
  assert.deepEqual(problems({ birthDate: '2010-02-29' }), { birthDate: 'format' })
  assert.deepEqual(problems({ birthDate: '2010-03-01' }), { birthDate: 'too_young' })
  assert.equal(ageOn(today, '2008-02-29' as CalendarDate), 19)
})

test('says of each field what is wrong with it', () => {
  assert.deepEqual(problems({ givenNames: ' ', city: '' }), { givenNames: 'missing', city: 'missing' })
  for (const birthDate of ['31/02/1990', '1890-01-01', '2040-01-01', 'soon', '1/2/3'])
    assert.deepEqual(problems({ birthDate }), { birthDate: 'format' })
  assert.deepEqual(problems({ country: 'XX' }), { country: 'format' })
  assert.deepEqual(problems({ address: 'a\u0000b' }), { address: 'format' })
})
