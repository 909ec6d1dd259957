import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRedirectUrl, redirectUrl } from './redirect.ts'

test('appends token and status to a URL without a query', () => {
  assert.equal(
    redirectUrl('https://shop.example/ok', 'A7K2QXJ4MZ0P', 'SUCCESS'),
    'https://shop.example/ok?orderToken=A7K2QXJ4MZ0P&status=SUCCESS',
  )
})

test('keeps the shop’s own query byte for byte and in order', () => {
  const own = 'https://shop.example/wc-api/x/?wc-scalapay-payin3=true&order_id=7&total=49.90&a=%20b+c&a=2&=&x'
  assert.equal(redirectUrl(own, 'T', 'FAILED'), `${own}&orderToken=T&status=FAILED`)
})

test('joins with nothing after an open query, and keeps the fragment last', () => {
  assert.equal(redirectUrl('https://s.example/?', 'T', 'SUCCESS'), 'https://s.example/?orderToken=T&status=SUCCESS')
  assert.equal(
    redirectUrl('https://s.example/?a=1&', 'T', 'SUCCESS'),
    'https://s.example/?a=1&orderToken=T&status=SUCCESS',
  )
  assert.equal(
    redirectUrl('https://s.example/p#/done?x=1', 'T', 'SUCCESS'),
    'https://s.example/p?orderToken=T&status=SUCCESS#/done?x=1',
  )
})

test('encodes only what a Location header cannot carry', () => {
  assert.equal(
    redirectUrl('https://s.example/città?q=è%20', 'T', 'SUCCESS'),
    'https://s.example/citt%C3%A0?q=%C3%A8%20&orderToken=T&status=SUCCESS',
  )
})

for (const url of [
  'http://localhost:3000/ok',
  'HTTPS://s.example',
  'https://cdn.example/p.html?u=aHR0cHM6Ly8=',
  'https://s.example/città',
]) {
  test(`takes ${url}`, () => assert.equal(isRedirectUrl(url), true))
}

const refused = [
  '',
  '/relative',
  '//s.example/ok',
  'ftp://s.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'https:s.example',
  'https://',
  'https:///x',
  'https://s.example\\@evil.example',
  ' https://s.example',
  'https://s.example/a b',
  'https://s.example/\r\nset-cookie: a=b',
  'https://s.example/\0',
  'https://s.example/\ud800',
  `https://s.example/${'a'.repeat(8_000)}`,
]
for (const url of refused) {
  test(`refuses ${JSON.stringify(url.slice(0, 40))}`, () => assert.equal(isRedirectUrl(url), false))
}
