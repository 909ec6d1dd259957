import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aChainTransfer, aHash, anAddress, anOpenAmount } from '../../../test/support/chain/factories.ts'
import { hour, minute, plus } from '../../kernel/instant.ts'
import { tokenAmount } from '../../kernel/token-amount.ts'
import { matchTransfer } from './match-transfer.ts'

const asked = anOpenAmount({ units: tokenAmount(5_000n) })
const other = anOpenAmount({ units: tokenAmount(5_001n) })

test('the exact amount decides, whoever paid and whatever was said', () => {
  const hinted = { ...other, hints: [{ transaction: aHash(1), payer: anAddress(9) }] }
  const match = matchTransfer(
    aChainTransfer({ units: tokenAmount(5_000n), transaction: aHash(1), from: anAddress(9) }),
    [hinted, asked],
  )
  assert.deepEqual(match, { kind: 'matched', amount: asked, by: 'amount' })
})

test('what a part payment left due is an exact amount as well', () => {
  const part = { ...asked, received: tokenAmount(2_000n) }
  assert.equal(matchTransfer(aChainTransfer({ units: tokenAmount(3_000n) }), [part, other]).kind, 'matched')
  assert.equal(matchTransfer(aChainTransfer({ units: tokenAmount(5_000n) }), [part, other]).kind, 'unmatched')
})

test('a named transaction makes up for what a tolerance allows, and for more, but for less only with its sender', () => {
  const named = { ...asked, tolerancePpm: 100_000, hints: [{ transaction: aHash(1), payer: null }] }
  const sent = (units: bigint) =>
    matchTransfer(aChainTransfer({ units: tokenAmount(units), transaction: aHash(1) }), [named, other])
  assert.deepEqual(sent(4_500n), { kind: 'matched', amount: named, by: 'transaction' })
  assert.equal(sent(9_000n).kind, 'matched')
  assert.deepEqual(sent(4_499n), { kind: 'unmatched', reason: 'unknown_amount' })
  const both = { ...asked, hints: [{ transaction: aHash(1), payer: anAddress(9) }] }
  const rival = { ...other, hints: [{ transaction: null, payer: anAddress(9) }] }
  const part = aChainTransfer({ units: tokenAmount(7n), transaction: aHash(1), from: anAddress(9) })
  assert.deepEqual(matchTransfer(part, [both, rival]), { kind: 'matched', amount: both, by: 'transaction' })
})

test('an account that was named, or has paid a part before, may pay any part', () => {
  const named = { ...asked, hints: [{ transaction: null, payer: anAddress(9) }] }
  const known = { ...asked, received: tokenAmount(1n), payers: [anAddress(9)] }
  for (const amount of [named, known])
    assert.deepEqual(matchTransfer(aChainTransfer({ units: tokenAmount(7n), from: anAddress(9) }), [amount, other]), {
      kind: 'matched',
      amount,
      by: 'payer',
    })
})

test('two that fit are nobody’s', () => {
  const hints = [{ transaction: null, payer: anAddress(9) }]
  const match = matchTransfer(aChainTransfer({ units: tokenAmount(7n), from: anAddress(9) }), [
    { ...asked, hints },
    { ...other, hints },
  ])
  assert.deepEqual(match, { kind: 'unmatched', reason: 'ambiguous' })
})

test('takes nothing of another chain, token or wallet', () => {
  const transfers = [
    aChainTransfer({ units: tokenAmount(5_000n), token: anAddress(70) }),
    aChainTransfer({ units: tokenAmount(5_000n), to: anAddress(71) }),
    aChainTransfer({ units: tokenAmount(5_000n), chainId: 56 as never }),
  ]
  for (const transfer of transfers)
    assert.deepEqual(matchTransfer(transfer, [asked]), { kind: 'unmatched', reason: 'unknown_amount' })
})

test('takes nothing from before the payment, nothing after its watch, and says which', () => {
  const at = (when: bigint) =>
    matchTransfer(aChainTransfer({ units: tokenAmount(5_000n), at: when as typeof asked.createdAt }), [asked])
  assert.deepEqual(at(plus(asked.createdAt, -2n * minute)), { kind: 'unmatched', reason: 'before_payment' })
  assert.deepEqual(at(plus(asked.watchedUntil, hour)), { kind: 'unmatched', reason: 'too_late' })
  assert.equal(at(asked.watchedUntil).kind, 'matched')
  const paid = { ...asked, received: tokenAmount(5_000n) }
  assert.deepEqual(matchTransfer(aChainTransfer({ units: tokenAmount(5_000n) }), [paid]), {
    kind: 'unmatched',
    reason: 'already_paid',
  })
})

test('takes no notice of nothing, and of what a wallet sends itself', () => {
  assert.deepEqual(matchTransfer(aChainTransfer({ units: tokenAmount(0n) }), [asked]), { kind: 'ignored' })
  assert.deepEqual(matchTransfer(aChainTransfer({ units: tokenAmount(5_000n), from: asked.recipient }), [asked]), {
    kind: 'ignored',
  })
})
