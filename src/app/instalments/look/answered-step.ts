import { stepPatience } from '../../../domain/instalments/next-step.ts'
import type { PlanStep } from '../../../domain/instalments/plan-facts.ts'
import { millisecond, plus } from '../../../kernel/instant.ts'
import type { FinalOutcome } from '../../attempt/run-attempt.ts'
import { bookingOf } from './book-step.ts'
import type { PlanDraft } from './plan-draft.ts'

/** Books an answer, once: a step that has one is left as it is. */
export function finishStep(draft: PlanDraft, { id }: PlanStep, outcome: FinalOutcome): void {
  const step = draft.steps.find((each) => each.id === id)
  if (step?.state !== 'pending') return
  const hadShopper = draft.wait?.attemptId === id
  if (hadShopper) draft.wait = null
  const done: PlanStep = {
    ...step,
    state: outcome.kind === 'succeeded' ? 'succeeded' : 'declined',
    failure: outcome.kind === 'declined' ? outcome.reason : null,
    railReference: outcome.kind === 'succeeded' ? outcome.railReference : step.railReference,
  }
  draft.steps = draft.steps.map((each) => (each.id === id ? done : each))
  draft.finished.push({
    merchantId: draft.row.merchantId,
    paymentId: draft.row.paymentId,
    attempt: {
      ...{ kind: 'finished', id, state: done.state === 'succeeded' ? 'succeeded' : 'declined' },
      railReference: outcome.kind === 'succeeded' ? outcome.railReference : null,
      failure: done.failure,
      code: outcome.kind === 'declined' ? outcome.code : null,
      payload: outcome.payload,
      at: draft.now,
    },
  })
  const { event, transfers } = bookingOf(done, draft.row)
  draft.note(event, done.amount, done.instalment, transfers, done)
  // Whoever was at their bank knows what became of it.
  if (hadShopper && done.state === 'declined') draft.occurrences.pop()
}

/** The bank asks for the shopper: nothing is done meanwhile, and nothing at all unless they come back in time. */
export function waitForShopper(draft: PlanDraft, { id }: PlanStep, lifeMs: number): void {
  const isPending = draft.steps.some((step) => step.id === id && step.state === 'pending')
  const until = plus(draft.now, BigInt(lifeMs) * millisecond)
  if (isPending) draft.wait = { attemptId: id, until, askedAt: until }
}

/** Goes on with the charge whose shopper is back. One that came too late is asked about like any other. */
export function goOnWithShopper(draft: PlanDraft): void {
  const { wait, row, now } = draft
  const step = draft.steps.find(({ id, state }) => id === wait?.attemptId && state === 'pending')
  if (!step || wait === null || !isShopperAway(draft)) return
  const askedAt = plus(now, stepPatience)
  // The two are the same only while the shopper is away.
  draft.wait = { ...wait, askedAt: askedAt === wait.until ? plus(askedAt, 1n) : askedAt }
  draft.calls.push({ plan: row, step, card: undefined, isRepeat: false, isShopperPresent: true, isReturn: true })
}

/** A shopper who begins anew has left the bank's page: its charge gives way, for nothing was done. */
export function giveUpWait(draft: PlanDraft): void {
  const step = draft.steps.find(({ id }) => id === draft.wait?.attemptId)
  if (step && isShopperAway(draft)) finishStep(draft, step, notAttended)
}

/** The shopper is at their bank, or somewhere else by now: the rail was not asked to go on. */
function isShopperAway({ wait, now }: PlanDraft): boolean {
  return wait !== null && wait.askedAt === wait.until && wait.until > now
}

const notAttended: FinalOutcome = {
  ...{ kind: 'declined', reason: 'authentication_required', code: 'not_attended', payload: {} },
}
