import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureReasons } from '../../../domain/payment/failure.ts'
import { approvalCodes, configurationCodes, issuerCodes, neverSeenCode, refusalOf } from './codes.ts'

test('gives each listed code of the issuers its reason', () => {
  const table = Object.entries(issuerCodes).map(([code, { reason }]) => `${code} ${reason}`)
  assert.deepEqual(table.sort(), [
    '05 card_declined',
    '14 invalid_card_number',
    '1A authentication_required',
    '41 lost_or_stolen_card',
    '43 lost_or_stolen_card',
    '51 insufficient_funds',
    '54 expired_card',
    '57 not_permitted',
    '59 suspected_fraud',
    '61 limit_exceeded',
    '65 authentication_required',
    '91 issuer_unavailable',
    '93 not_permitted',
    '94 duplicate',
    '96 processing_error',
    'A5 invalid_card_number',
    'A6 invalid_expiry',
    'AE incorrect_security_code',
    'AW issuer_unavailable',
    'C2 authentication_required',
    'C3 authentication_required',
    'C8 authentication_required',
    'N7 incorrect_security_code',
    'R0 not_permitted',
    'R1 not_permitted',
    'R3 not_permitted',
  ])
  for (const { reason } of Object.values(issuerCodes)) assert.ok(failureReasons.includes(reason))
})

test('takes a duplicate, a malfunction and a time-out for open until the receipt says more', () => {
  const open = Object.entries(issuerCodes).filter(([, { settled }]) => !settled)
  assert.deepEqual(open.map(([code]) => code).sort(), ['94', '96', 'AW'])
})

test('guesses nothing about a code that is not listed', () => {
  for (const code of ['T3', 'Q2', '5', '005', 'n7', '', 'toString', '__proto__', '99']) {
    assert.equal(refusalOf(code), undefined, code)
  }
})

test('takes wrong credentials for a refusal by the gateway', () => {
  for (const code of ['1', '2', '3', '4']) assert.equal(refusalOf(code)?.reason, 'processing_error')
})

test('gives no code two meanings', () => {
  const all = [...Object.keys(issuerCodes), ...configurationCodes, ...approvalCodes, neverSeenCode]
  assert.equal(new Set(all).size, all.length)
})
