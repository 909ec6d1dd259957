import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf } from './refusal.ts'

function kindOf(code: string): string {
  return refusalOf(Object.assign(new Error('as told'), { code })).kind
}

test('tells what an error means for the transaction by its SQLSTATE', () => {
  const kinds = ['23505', '22P05', 'P0001', '40001', '40P01', '55P03', '57014', '53300', '08006', '57P01'].map(kindOf)
  assert.deepEqual(kinds, [
    ...['refused', 'refused', 'refused'],
    ...['conflict', 'conflict', 'conflict'],
    ...['cannot', 'cannot'],
    ...['lost', 'lost'],
  ])
})

test('takes an error of the operating system for a lost connection, also where its name is as long as an SQLSTATE', () => {
  for (const code of ['EPIPE', 'EBADF', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND']) assert.equal(kindOf(code), 'lost')
  assert.equal(refusalOf(new Error('Connection terminated unexpectedly')).kind, 'lost')
})

test('takes a mistake of ours for a refusal, so that it is isolated', () => {
  assert.equal(refusalOf(new TypeError('undefined is not a function')).kind, 'refused')
})

test('reads what a node of a cluster refuses, also when another node only hands on its words', () => {
  const said = (error: object) => refusalOf(Object.assign(new Error('as told'), error))
  assert.deepEqual(said({ code: '23505', constraint: 'payment_pkey_102023' }), {
    kind: 'refused',
    constraint: 'payment_pkey',
  })
  const message = 'duplicate key value violates unique constraint "idempotency_pkey_102048"'
  assert.deepEqual(said({ code: 'XX000', message }), { kind: 'refused', constraint: 'idempotency_pkey' })
  assert.equal(said({ code: 'XX000', message: 'could not open relation' }).kind, 'cannot')
})
