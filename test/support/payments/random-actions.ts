import fc from 'fast-check'
import type { Action, ActionOnPayment, AttemptOutcome, NewPayment } from '../../../src/domain/payment/action.ts'
import { failureReasons } from '../../../src/domain/payment/failure.ts'
import type { Payment } from '../../../src/domain/payment/payment.ts'
import { actionKinds, reachable } from '../../../src/domain/payment/state.ts'
import { EUR } from '../../../src/kernel/currency.ts'
import { aNewPayment, anAttempt, anAttemptId, aReceipt } from './factories.ts'

/** An amount said relative to the payment, so that boundaries are met often: see `amountIn`. */
export type SomeAmount =
  | { readonly of: 'open' | 'captured' | 'refundable'; readonly percent: number; readonly more: bigint }
  | { readonly of: 'nothing'; readonly percent: 0; readonly more: bigint }

/** A step of a random life: time passes, then something is asked. `make` sees the payment as it is then. */
export type Step = {
  readonly wait: bigint
  readonly make: (payment: Payment) => ActionOnPayment
}

const amount: fc.Arbitrary<SomeAmount> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      of: fc.constantFrom('open' as const, 'captured' as const, 'refundable' as const),
      percent: fc.constantFrom(1, 10, 33, 50, 100, 100, 100),
      more: fc.constantFrom(0n, 0n, 0n, 1n, -1n),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      of: fc.constant('nothing' as const),
      percent: fc.constant(0 as const),
      more: fc.oneof(fc.bigInt(-3n, 20_000n), fc.constantFrom(0n, -1n, 2n ** 63n, -(2n ** 63n), 10n ** 40n)),
    }),
  },
)

function amountIn(payment: Payment, { of, percent, more }: SomeAmount): bigint {
  const bases = {
    open: payment.total - payment.reduced - payment.captured,
    captured: payment.captured,
    refundable: payment.captured - payment.refunded,
    nothing: 0n,
  }
  return (bases[of] * BigInt(percent)) / 100n + more
}

const waits = mostly(
  fc.constantFrom(0n, 0n, 1n, 59_000_000n),
  fc.constantFrom(3_600_000_000n, 86_400_000_000n, 2_160_000_000_000n),
)
const reference = fc.constantFrom({}, {}, { merchantReference: 'ORDER-2' })
const periodMs = fc.constantFrom(60_000, 432_000_000, 432_000_000, 2_160_000_000, 59_999, 2_160_000_001, 0, -1, 1e300)

const bankStep: AttemptOutcome = {
  kind: 'action_required',
  action: { kind: 'redirect', url: 'https://bank.example/' },
  lifeMs: 600_000,
}

const outcome: fc.Arbitrary<AttemptOutcome> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'succeeded', railReference: 'rail-2' } as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...failureReasons).map((reason) => ({ kind: 'declined', reason, code: '05' }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'abandoned' } as const) },
  { weight: 1, arbitrary: fc.constant(bankStep) },
)

const asked = {
  start_attempt: fc
    .record({
      purpose: fc.constantFrom(
        'authorize' as const,
        'authorize' as const,
        'sale' as const,
        'refund' as const,
        'void' as const,
      ),
      some: fc.option(amount, { nil: undefined }),
    })
    .map(({ purpose, some }) => (payment: Payment) => ({
      kind: 'start_attempt' as const,
      ...anAttempt({
        purpose,
        attemptId: anAttemptId(payment.sequence * 2),
        ...(some && { amount: amountIn(payment, some) }),
      }),
    })),
  finish_attempt: fc
    .record({ outcome, isRight: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 0) })
    .map(({ outcome, isRight }) => (payment: Payment) => ({
      kind: 'finish_attempt' as const,
      attemptId: (isRight ? payment.pendingAttempt?.id : undefined) ?? anAttemptId(999),
      reversalId: anAttemptId(payment.sequence * 2 + 1),
      outcome,
    })),
  resume_attempt: fc.constant((payment: Payment) => ({
    kind: 'resume_attempt' as const,
    attemptId: payment.pendingAttempt?.id ?? anAttemptId(998),
  })),
  delay: fc.record({ periodMs, reference }).map(({ periodMs, reference }) => () => ({
    kind: 'delay' as const,
    periodMs,
    ...reference,
  })),
  capture: maybeAmount('capture'),
  capture_part: maybeAmount('capture_part'),
  reduce: withAmount('reduce'),
  close: fc.constant(() => ({ kind: 'close' as const })),
  void: reference.map((reference) => () => ({ kind: 'void' as const, ...reference })),
  refund: withAmount('refund'),
  receive: fc
    .record({
      step: fc.constantFrom('seen' as const, 'seen' as const, 'final' as const, 'undone' as const),
      part: fc.constantFrom(100n, 100n, 50n, 33n, 120n),
      more: fc.constantFrom(0n, 0n, 1n, -1n),
      tolerance: fc.constantFrom(0n, 0n, 50n),
    })
    .map(({ step, part, more, tolerance }) => (payment: Payment) => {
      const whole = step === 'seen' ? payment.total : payment.received - payment.settled
      const amount = (whole * part) / 100n + more
      return { kind: 'receive' as const, ...aReceipt({ step, amount, tolerance }) }
    }),
  update_references: fc
    .constantFrom({}, { merchantReference: null }, { processorReference: 'PSP-1' })
    .map((references) => () => ({ kind: 'update_references' as const, ...references })),
  flag: fc.constant(() => ({ kind: 'flag' as const, suspicion: 'reference_captured_twice' as const })),
  timer: fc.constant(() => ({ kind: 'timer' as const })),
} satisfies Record<ActionOnPayment['kind'], fc.Arbitrary<(payment: Payment) => ActionOnPayment>>

function maybeAmount(kind: 'capture' | 'capture_part'): fc.Arbitrary<(payment: Payment) => ActionOnPayment> {
  return fc
    .record({ some: fc.option(amount, { nil: undefined }), reference })
    .map(({ some, reference }) => (payment) => ({
      kind,
      ...reference,
      ...(some && { amount: amountIn(payment, some) }),
    }))
}

function withAmount(kind: 'reduce' | 'refund'): fc.Arbitrary<(payment: Payment) => ActionOnPayment> {
  return fc.record({ some: amount, reference }).map(({ some, reference }) => (payment) => ({
    kind,
    ...reference,
    amount: amountIn(payment, some),
  }))
}

/**
 * Most steps ask for something the table allows, or few lives would get past their beginning; the others ask for anything.
 * While a rail is asked, most steps bring its answer.
 */
const someStep: fc.Arbitrary<Step> = fc
  .record({ wait: waits, dice: fc.nat(9), pick: fc.nat(), all: fc.record(asked) })
  .map(({ wait, dice, pick, all }) => ({
    wait,
    make: (payment) => {
      const fitting = actionKinds.filter((kind) => reachable(payment.state, kind).length > 0)
      const choices = dice < 7 ? fitting : actionKinds
      const chosen = choices[pick % choices.length] ?? 'timer'
      return all[payment.pendingAttempt !== null && dice < 5 ? 'finish_attempt' : chosen](payment)
    },
  }))

export const someSteps: fc.Arbitrary<Step[]> = fc.array(someStep, { minLength: 1, maxLength: 30, size: 'max' })

/** How a payment may begin, and what is hostile about some of it. */
export const someBeginning: fc.Arbitrary<Extract<Action, { kind: 'create' | 'request' }>> = fc
  .record({
    total: mostly(fc.bigInt(500n, 200_000n), fc.constantFrom(500n, 200_000n, 499n, 200_001n, 0n, -1n, 10n ** 40n)),
    funding: fc.constantFrom('shopper' as const, 'acquirer' as const, 'none' as const),
    expiryMs: mostly(fc.constantFrom(null, 2_400_000), fc.constantFrom(1, 9e15, 0, -1, 0.5, Number.NaN)),
    purpose: fc.constantFrom('none' as const, 'authorize' as const, 'sale' as const),
  })
  .map(({ purpose, ...some }) => {
    const made: NewPayment = aNewPayment({ ...some, currency: EUR })
    if (purpose === 'none') return { kind: 'create', ...made }
    const funding = made.funding === 'none' ? 'acquirer' : made.funding
    return { kind: 'request', ...made, funding, attempt: anAttempt({ purpose }) }
  })

function mostly<T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: rare })
}

/** Rates from free to absurd, so that rounding meets every corner. */
export const someRates = fc.record({
  feePpm: fc.constantFrom(0, 1, 49_999, 50_000, 333_333, 1_000_000),
  feeTaxPpm: fc.constantFrom(0, 220_000, 240_000, 333_333, 1_000_000),
})
