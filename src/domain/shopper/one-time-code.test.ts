import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantFromMillis, plus, second } from '../../kernel/instant.ts'
import { codeLimits, refuseCode } from './one-time-code.ts'

const now = instantFromMillis(Date.UTC(2028, 0, 1))
const none = { contactHour: 0, contactDay: 0, addressHour: 0, newest: null }

test('sends a second code only after half a minute', () => {
  assert.equal(refuseCode(none, now), undefined)
  const newest = plus(now, -10n * second)
  assert.deepEqual(refuseCode({ ...none, contactHour: 1, newest }, now), { reason: 'too_soon', waitSeconds: 20 })
  assert.equal(refuseCode({ ...none, contactHour: 1, newest: plus(now, -codeLimits.resendAfter) }, now), undefined)
})

test('stops sending to a contact and from an address that ask too often', () => {
  for (const history of [{ contactHour: 5 }, { contactDay: 15 }, { addressHour: 30 }])
    assert.deepEqual(refuseCode({ ...none, ...history }, now), { reason: 'too_many' })
})
