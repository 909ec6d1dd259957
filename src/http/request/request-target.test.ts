import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBelow } from './request-target.ts'

test('finds a target below the prefix in every form that a router reads', () => {
  const forms = [
    '/v/1',
    '/v/',
    'http://host/v/1',
    'HTTPS://h:8/v/1?x=/w/',
    '//v//1',
    'http://h//v/1',
    '/%76/1',
    '/v/%zz',
  ]
  for (const target of forms) assert(isBelow('/v/', target), target)
})

test('leaves what lies elsewhere to others', () => {
  const others = [
    '',
    '/',
    '/v',
    '/V/1',
    '/v2/orders',
    '/w/v/1',
    '/w?x=/v/1',
    'v/1',
    '*',
    'host:443',
    '%',
    '/%',
    '/%zz/v/',
  ]
  for (const target of others) assert(!isBelow('/v/', target), target)
})
