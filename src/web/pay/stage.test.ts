import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aChainTransfer, aHash, anOpenAmount } from '../../../test/support/chain/factories.ts'
import { aPayment, someTime } from '../../../test/support/payments/factories.ts'
import type { PaymentChoice } from '../../app/chain/ask-amount.ts'
import type { Price } from '../../domain/chain/price.ts'
import { day, minute, plus } from '../../kernel/instant.ts'
import { addUnits, tokenAmount } from '../../kernel/token-amount.ts'
import { type Amount, type StageFacts, stageOf } from './stage.ts'

function anAmount(overrides: Partial<Amount> = {}): Amount {
  return { ...anOpenAmount(), price: 1n as Price, priceSources: [], priceAt: someTime, closedAt: null, ...overrides }
}

const asked = anAmount()
const token = { address: asked.token, symbol: 'USDT', decimals: 6, peg: null }
const chain = {
  ...{ id: asked.chainId, name: 'KCC', coin: 'KCS', explorerUrl: null, walletRpcUrl: null, confirmations: 12 },
  ...{ hasFinality: false, isLocal: false, tokens: [token], endpoints: [] },
}
const choices: PaymentChoice[] = [{ chain, token, recipient: asked.recipient }]

function facts(overrides: Partial<StageFacts> = {}, amounts: readonly Amount[] = [asked]): StageFacts {
  return {
    payment: aPayment({ funding: 'none' }),
    state: { amounts, transfers: [], strays: [], progress: new Map() },
    choices,
    now: plus(someTime, minute),
    wantsChoice: false,
    ...overrides,
  }
}

test('asks for a token first, then for an exact amount, and for a token again when the price has ended', () => {
  assert.deepEqual(stageOf(facts({}, [])), { kind: 'choosing', isAnew: false })
  assert.deepEqual(stageOf(facts()), { kind: 'waiting', amount: asked })
  assert.deepEqual(stageOf(facts({ wantsChoice: true })), { kind: 'choosing', isAnew: false })
  assert.deepEqual(stageOf(facts({ now: asked.expiresAt })), { kind: 'choosing', isAnew: true })
})

test('goes on asking for the rest of a part, also when its price has ended', () => {
  const part = anAmount({ received: tokenAmount(1n) })
  assert.deepEqual(stageOf(facts({ now: plus(asked.expiresAt, minute) }, [part])), { kind: 'partial', amount: part })
})

test('asks for nothing that is closed, whole, or not taken any more', () => {
  for (const amount of [
    anAmount({ closedAt: someTime }),
    anAmount({ received: asked.units }),
    anAmount({ token: asked.recipient }),
  ])
    assert.equal(stageOf(facts({}, [amount])).kind, 'choosing')
})

test('counts the confirmations of the transfer that is the furthest from its end', () => {
  const seen = (number: number, block: bigint) => ({
    ...{ merchantId: asked.merchantId, state: 'seen' as const, reason: null, dismissedAt: null, seenAt: someTime },
    owner: { paymentId: asked.paymentId, number, minor: 1n },
    transfer: aChainTransfer({ transaction: aHash(number), block: { number: block, hash: aHash(1) } }),
  })
  const amounts = [
    anAmount({ received: tokenAmount(1n) }),
    anAmount({ number: 2, received: tokenAmount(1n), confirmations: 2 }),
  ]
  const transfers = [seen(1, 95n), seen(2, 100n)]
  const progress = new Map([[asked.chainId, { head: 100n, finalized: null }]])
  const payment = aPayment({ funding: 'none', state: 'processing', received: 10_000n })
  const state = { amounts, transfers, strays: [], progress }
  assert.deepEqual(stageOf(facts({ payment, state })), { kind: 'confirming', confirmations: 6, needed: 12 })
  const last = { ...state, transfers: [seen(2, 100n)] }
  assert.deepEqual(stageOf(facts({ payment, state: last })), { kind: 'confirming', confirmations: 1, needed: 2 })
})

test('tells what came on top and what came late of what is paid', () => {
  const payment = aPayment({ funding: 'none', state: 'captured', captured: 10_000n })
  const over = anAmount({ received: addUnits(asked.units, tokenAmount(7n)) })
  assert.deepEqual(stageOf(facts({ payment }, [over])), {
    kind: 'paid',
    got: over,
    over: { amount: over, units: tokenAmount(7n) },
    isLate: false,
  })
})

test('says that a request has ended with what came of it, or that it was called off', () => {
  const part = anAmount({ received: tokenAmount(1n) })
  const expired = aPayment({ funding: 'none', state: 'expired' })
  const now = plus(someTime, day)
  assert.deepEqual(stageOf(facts({ payment: expired, now }, [part])), { kind: 'expired', part })
  assert.deepEqual(stageOf(facts({ payment: { ...expired, voidedAt: someTime }, now })), { kind: 'cancelled' })
})
