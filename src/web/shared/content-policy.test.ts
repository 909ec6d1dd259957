import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentPolicy } from './content-policy.ts'

const fixed =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

test('lets a form lead to the shop by its scheme, and nowhere else', () => {
  assert.equal(contentPolicy(undefined), fixed)
  assert.equal(contentPolicy('HTTPS://shop.example/a'), `${fixed} https:`)
  assert.equal(contentPolicy('http://localhost:3000'), `${fixed} http:`)
})

test('prints nothing of an address that would add a directive', () => {
  const url = 'https://a;script-src%20*;.example/;script-src *'
  assert.equal(contentPolicy(url), `${fixed} https:`)
})
