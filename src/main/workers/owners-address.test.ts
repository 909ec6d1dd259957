import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOwnersAddress } from './owners-address.ts'

test('the sandbox, the pages of a payment and the portal’s sandbox are the owner’s, and nothing else is', () => {
  const owners = [
    '/sandbox/clock',
    '/sandbox/orders/SHOPABCDEFGH/authorize',
    'http://localhost/sandbox/messages?limit=1',
    '//sandbox//chains',
    '/pay/KPAY/KPAYABCDEFGH',
    '/pay/KPAY/KPAYABCDEFGH/demo',
    '/portal/api/merchants/1/sandbox/clock',
    '/portal/api/merchants/1/sandbox?x=1',
    '/portal/api/merchants/1/%73andbox/clock',
  ]
  const everybodys = [
    '/v2/orders',
    '/payments',
    '/pay',
    '/sandboxes',
    '/portal/api/merchants/1/orders',
    '/portal/api/merchants/1/sandboxes',
    '/portal/api/merchants/1/orders?next=/portal/api/merchants/1/sandbox/',
    '/checkout/SHOPABCDEFGH',
    '',
  ]
  for (const target of owners) assert.equal(isOwnersAddress(target), true, target)
  for (const target of everybodys) assert.equal(isOwnersAddress(target), false, target)
})
