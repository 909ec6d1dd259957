import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import type { Transfer } from '../../src/domain/ledger/transfer.ts'
import type { Changed } from '../../src/domain/payment/decide/accept.ts'
import { decide } from '../../src/domain/payment/decide/decide.ts'
import type { Accepted, DecisionContext } from '../../src/domain/payment/decide/decision.ts'
import type { Payment } from '../../src/domain/payment/payment.ts'
import { type PaymentState, paymentStates } from '../../src/domain/payment/state.ts'
import { type Instant, plus } from '../../src/kernel/instant.ts'
import { aContext, aMerchant, someTime } from '../support/payments/factories.ts'
import { assertInvariants } from '../support/payments/payment-invariants.ts'
import { type Step, someBeginning, someRates, someSteps } from '../support/payments/random-actions.ts'

/** A failure prints its seed and the shortest life that fails; TERCET_SEED runs that seed again, TERCET_RUNS more lives. */
const parameters = {
  numRuns: Number(process.env.TERCET_RUNS ?? 3_000),
  ...(process.env.TERCET_SEED !== undefined && { seed: Number(process.env.TERCET_SEED) }),
}

const reached = new Set<PaymentState>()

test('no sequence of requests, in whatever amounts and at whatever times, breaks a payment or its ledger', () => {
  fc.assert(
    fc.property(someBeginning, someRates, someSteps, (beginning, rates, steps) => {
      const context = aContext({ merchant: aMerchant(rates) })
      const first = decide(undefined, beginning, context)
      if (!first.ok) return
      const life = new Life(first.value, context)
      for (const step of steps) life.live(step)
    }),
    parameters,
  )
  assert.deepEqual([...reached].sort(), [...paymentStates].sort(), 'the lives were varied enough to meet every state')
})

class Life {
  payment: Payment
  readonly ledger: Transfer[] = []
  readonly context: DecisionContext
  now: Instant = someTime

  constructor(first: Accepted, context: DecisionContext) {
    this.context = context
    assert.equal(first.payment.sequence, 1)
    this.payment = first.payment
    this.apply(first)
  }

  live(step: Step): void {
    this.now = plus(this.now, step.wait)
    const action = step.make(this.payment)
    const before = freeze(this.payment)
    const decision = decide(before, action, { ...this.context, now: this.now })
    const again = decide(before, action, { ...this.context, now: this.now })
    assert.deepEqual(again, decision, 'the same facts and the same question give the same answer')
    if (!decision.ok) return
    this.check(before, decision, inspect(action))
    this.apply(decision.value)
  }

  check(before: Payment, decision: Changed, asked: string): void {
    const { payment, events, transfers, attempts } = decision.value
    assert.equal(payment.sequence, before.sequence + events.length, `one number per event: ${asked}`)
    events.forEach((event, index) => {
      assert.equal(event.sequence, before.sequence + index + 1)
      assert.equal(event.state, payment.state)
      assert.equal(event.total, payment.total - payment.reduced)
      assert.equal(event.at, this.now)
    })
    if (events.length > 0) return
    assert.deepEqual(
      { payment, transfers, attempts },
      { payment: before, transfers: [], attempts: [] },
      `repeat: ${asked}`,
    )
  }

  apply({ payment, transfers }: Accepted): void {
    this.ledger.push(...transfers)
    assertInvariants(payment, this.ledger)
    assert.equal(payment.total, this.payment.total, 'what was asked for never changes')
    this.payment = payment
    reached.add(payment.state)
  }
}

/** A decision that wrote into its facts would throw. */
function freeze(payment: Payment): Payment {
  Object.freeze(payment.captures)
  if (payment.pendingAttempt) Object.freeze(payment.pendingAttempt)
  return Object.freeze(payment)
}
