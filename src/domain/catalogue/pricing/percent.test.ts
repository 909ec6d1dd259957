import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNetwork } from '../model/network.ts'
import { parseUuid } from '../model/uuid.ts'
import { percentHundredths, shareHalfUp } from './percent.ts'

test('reads a percentage as its decimal text says', () => {
  assert.equal(percentHundredths(12.34), 1234)
  assert.equal(percentHundredths(0.1), 10)
  assert.equal(percentHundredths(100), 10_000)
  for (const percent of [0.1 + 0.2, 100.01, -0.5, 1e21, Number.NaN]) assert.equal(percentHundredths(percent), undefined)
})

test('rounds a share half up', () => {
  assert.equal(shareHalfUp(5n, 1000), 1n)
  assert.equal(shareHalfUp(4n, 1000), 0n)
  assert.equal(shareHalfUp(999_999_999_999_999_999n, 10_000), 999_999_999_999_999_999n)
})

test('takes uuids of any version in any case, and nothing around them', () => {
  assert.equal(parseUuid('E25ABB40-6AC5-11EA-B6AC-098BBA9D8176'), 'e25abb40-6ac5-11ea-b6ac-098bba9d8176')
  for (const text of ['', 'e25abb40-6ac5-11ea-b6ac-098bba9d8176\n', '{e25abb40-6ac5-11ea-b6ac-098bba9d81}'])
    assert.equal(parseUuid(text), undefined)
})

test('knows an address and a network from other words', () => {
  for (const text of ['192.0.2.1', '192.0.2.0/24', '2001:db8::/32', '::1']) assert.ok(isNetwork(text), text)
  for (const text of [
    '',
    '192.0.2',
    '192.0.2.0/',
    '192.0.2.0/33',
    'fe80::1%eth0',
    '::/129',
    '1.1.1.1/1/1',
    'a.example',
  ])
    assert.ok(!isNetwork(text), text)
})
