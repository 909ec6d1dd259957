import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inWords, type Words } from '../../kernel/words.ts'
import { mayRefuse } from './decide/decide.ts'
import { type Rejection, type RejectionOf, reasonsOf } from './rejection.ts'

/** Whoever captures needs these words, and the compiler takes no others. */
const words: Words<RejectionOf<'capture'>, string> = {
  unknown_payment: () => 'unknown',
  operation_in_progress: () => 'busy',
  key_reused: () => 'another request',
  wrong_state: ({ state, action }) => `${action} of ${state}`,
  amount_not_positive: () => 'nothing',
  amount_exceeds_open: ({ open }) => `at most ${open}`,
}

test('a capture is answered with reasons of captures alone', () => {
  const late: RejectionOf<'capture'> = { reason: 'wrong_state', state: 'voided', action: 'capture' }
  assert.equal(inWords(words, late), 'capture of voided')
  assert.deepEqual(Object.keys(words).toSorted(), [...reasonsOf.capture].toSorted())
  // @ts-expect-error: no capture is refused for its seats, so nobody who captures has words for that
  const seats: RejectionOf<'capture'> = { reason: 'sold_out', left: 0 }
  assert(!mayRefuse({ kind: 'capture' }, seats))
})

test('each action names every reason once', () => {
  for (const [kind, reasons] of Object.entries(reasonsOf)) {
    const named: readonly Rejection['reason'][] = reasons
    assert.equal(new Set(named).size, named.length, kind)
  }
})
