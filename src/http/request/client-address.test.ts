import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countedAs, isAllowed } from './client-address.ts'

test('counts IPv4 by address and IPv6 by its first four groups', () => {
  assert.equal(countedAs('192.0.2.1'), '192.0.2.1')
  for (const same of ['2001:db8:0:1::1', '2001:0DB8:0:1:ffff:2:3:4', '2001:db8::1:0:0:0:9', '2001:db8:0:1::1%eth0'])
    assert.equal(countedAs(same), '2001:db8:0:1', same)
  assert.equal(countedAs('::1'), '0:0:0:0')
  assert.equal(countedAs('2001:db8::'), '2001:db8:0:0')
})

test('allows everyone without a list, and with one only its networks', () => {
  assert(isAllowed([], 'anything'))
  const list = ['192.0.2.0/24', '2001:db8::/32', '198.51.100.7']
  for (const address of ['192.0.2.255', '2001:db8::9', '198.51.100.7']) assert(isAllowed(list, address), address)
  for (const address of ['192.0.3.1', '2001:db9::1', '198.51.100.8', '', 'x'])
    assert(!isAllowed(list, address), address)
})
