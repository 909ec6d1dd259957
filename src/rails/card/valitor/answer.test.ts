import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EUR, ISK } from '../../../kernel/currency.ts'
import type { AttemptId } from '../../../kernel/ids.ts'
import { money } from '../../../kernel/money.ts'
import { type Asked, outcomeOfAnswer, outcomeOfReceipt } from './answer.ts'
import { issuerCodes } from './codes.ts'
import { type Fields, writeEnvelope } from './soap.ts'

const attemptId = '7d9f1f5e-0a52-4c39-9d3a-5b8f21a1c001' as AttemptId
const asked: Asked = { attemptId, amount: money(ISK, 1000n), last4: '4242' }

const receipt = {
  TegundKorts: 'Visa',
  Kortnumer: '************4242',
  Upphaed: '1000',
  Tilvisunarnumer: attemptId,
  Faerslunumer: '1000001',
  Heimildarnumer: '000001',
  Svarkodi: '00',
}
const approved = { Villunumer: '0', Faerslunumer: '1000001', Tilvisunarnumer: attemptId, Kvittun: receipt }

function answer(fields: Fields): string {
  return writeEnvelope('FramkvaemaAdgerdResponse', { FramkvaemaAdgerdResult: fields })
}

const succeeded = {
  kind: 'succeeded',
  railReference: '1000001-4242',
  code: '00',
  payload: {
    transactionNumber: '1000001',
    responseCode: '00',
    authorizationCode: '000001',
    cardType: 'Visa',
    maskedCardNumber: '**** 4242',
  },
}

test('reads an approval with its transaction number', () => {
  assert.deepEqual(outcomeOfAnswer(answer(approved), asked), succeeded)
  assert.deepEqual(outcomeOfReceipt(answer(approved), attemptId), succeeded)
})

test('reads an approval without a receipt, since nothing in it contradicts', () => {
  const outcome = outcomeOfAnswer(answer({ Villunumer: '0', Faerslunumer: '7' }), asked)
  assert.equal(outcome.kind === 'succeeded' && outcome.railReference, '7-4242')
})

test('reads every settled code as a decline with its reason, and every other as unknown', () => {
  for (const [code, { reason, settled }] of Object.entries(issuerCodes)) {
    const outcome = outcomeOfAnswer(answer({ Villunumer: code, Tilvisunarnumer: attemptId }), asked)
    if (settled) assert.deepEqual(outcome, { kind: 'declined', reason, code, payload: { responseCode: code } })
    else assert.equal(outcome.kind, 'unknown', code)
  }
  for (const code of ['T3', 'Q2', '404', '99', '-1']) {
    assert.equal(outcomeOfAnswer(answer({ Villunumer: code }), asked).kind, 'unknown', code)
  }
})

test('says of a refusal to look that it is not an answer to an earlier call', () => {
  const isUntried = (Villunumer: string) => {
    const outcome = outcomeOfAnswer(answer({ Villunumer }), asked)
    return outcome.kind === 'declined' && outcome.isUntried
  }
  assert.deepEqual(['1', '2', '3', '4'].map(isUntried), [true, true, true, true])
  assert.equal(isUntried('05'), undefined)
})

test('reads every listed code in a receipt as the final word', () => {
  for (const [code, { reason }] of Object.entries(issuerCodes)) {
    const fields = { Villunumer: '0', Kvittun: { Tilvisunarnumer: attemptId, Svarkodi: code } }
    const outcome = outcomeOfReceipt(answer(fields), attemptId)
    assert.equal(outcome.kind === 'declined' && outcome.reason, reason, code)
  }
})

test('takes an answer that contradicts the question for unknown', () => {
  const other = '00000000-0000-4000-8000-000000000000'
  const contradictions: Fields[] = [
    { ...approved, Tilvisunarnumer: other },
    { ...approved, Kvittun: { ...receipt, Tilvisunarnumer: other } },
    { ...approved, Kvittun: { ...receipt, Upphaed: '100000' } },
    { ...approved, Kvittun: { ...receipt, Upphaed: '10,00' } },
    { ...approved, Kvittun: { ...receipt, Upphaed: 'many' } },
    { ...approved, Kvittun: { ...receipt, Faerslunumer: '1000002' } },
    { ...approved, Faerslunumer: undefined, Kvittun: undefined },
    { ...approved, Faerslunumer: '4242424242424242', Kvittun: undefined },
    { ...approved, Faerslunumer: 'abc' },
    { ...approved, Villunumer: undefined },
    { ...approved, Villunumer: '' },
    { Villunumer: '05', Tilvisunarnumer: other },
  ]
  for (const fields of contradictions) {
    assert.equal(outcomeOfAnswer(answer(fields), asked).kind, 'unknown', JSON.stringify(fields))
  }
})

test('never reads 1000 krónur as ten, nor ten euros as a thousand', () => {
  const inEuros = { ...asked, amount: money(EUR, 1000n) }
  const withAmount = (Upphaed: string) => answer({ ...approved, Kvittun: { ...receipt, Upphaed } })
  assert.equal(outcomeOfAnswer(withAmount('10,00'), inEuros).kind, 'succeeded')
  assert.equal(outcomeOfAnswer(withAmount('10'), inEuros).kind, 'succeeded')
  assert.equal(outcomeOfAnswer(withAmount('1000'), inEuros).kind, 'unknown')
  assert.equal(outcomeOfAnswer(withAmount('1000,00'), asked).kind, 'succeeded')
})

test('says never seen only when the acquirer says so of this reference', () => {
  const notFound = { Villunumer: '404', Tilvisunarnumer: attemptId }
  assert.deepEqual(outcomeOfReceipt(answer(notFound), attemptId), { kind: 'never_seen' })
  const doubtful: Fields[] = [
    { Villunumer: '404' },
    { Villunumer: '404', Tilvisunarnumer: 'other' },
    { Villunumer: '2', Tilvisunarnumer: attemptId },
    { Villunumer: '05', Tilvisunarnumer: attemptId },
    { Villunumer: '0', Tilvisunarnumer: attemptId },
    { Villunumer: '0', Kvittun: { Svarkodi: '00', Faerslunumer: '1' } },
    { Villunumer: '0', Tilvisunarnumer: attemptId, Kvittun: { Svarkodi: '1' } },
    { Villunumer: '0', Tilvisunarnumer: attemptId, Kvittun: { Svarkodi: 'T3' } },
  ]
  for (const fields of doubtful) {
    assert.equal(outcomeOfReceipt(answer(fields), attemptId).kind, 'unknown', JSON.stringify(fields))
  }
})

test('passes nothing on that could hold a card number', () => {
  const number = '4242424242424242'
  const leaky = {
    ...approved,
    Villuskilabod: number,
    VilluLogID: number,
    Kvittun: { ...receipt, Heimildarnumer: number, TegundKorts: number, KortnumerObrenglad: number, Kortnumer: number },
  }
  for (const Villunumer of ['0', '05', '94', number]) {
    const text = answer({ ...leaky, Villunumer })
    const seen = JSON.stringify([outcomeOfAnswer(text, asked), outcomeOfReceipt(text, attemptId)])
    assert.ok(!seen.includes(number), seen)
  }
})

test('takes any other text for unknown and never throws', () => {
  const whole = answer(approved)
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.string({ unit: 'binary', maxLength: 8 }), (at, noise) => {
      assert.equal(outcomeOfAnswer(whole.slice(0, at), asked).kind, 'unknown')
      const outcome = outcomeOfAnswer(whole.slice(0, at) + noise + whole.slice(at), asked)
      assert.ok(['succeeded', 'declined', 'unknown'].includes(outcome.kind))
      outcomeOfReceipt(noise, attemptId)
    }),
  )
})
