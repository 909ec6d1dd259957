import {
  type NextStep,
  noticeTime,
  type PlanState,
  type UpcomingCharge,
} from '../../../domain/instalments/next-step.ts'
import type { PlanStep } from '../../../domain/instalments/plan-facts.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { earlierOf, hour, type Instant, plus, second } from '../../../kernel/instant.ts'
import type { PlanOccurrence } from '../plan-occurrence.ts'
import type { PlanDraft } from './plan-draft.ts'

/** Records the next step, and answers when the plan is to be looked at again. */
export function beginNext(draft: PlanDraft, { next, upcoming }: PlanState): Instant | null {
  switch (next.kind) {
    case 'wait':
      return next.until !== null && upcoming !== null ? waitWithNotice(draft, next.until, upcoming) : next.until
    case 'ask':
      draft.call(next.step, true, { isShopperPresent: false })
      return soonAfter(draft)
    case 'capture':
    case 'release':
    case 'charge':
    case 'refund':
      draft.start(next, { isShopperPresent: false })
      return soonAfter(draft)
    default:
      return unreachable(next)
  }
}

/** Tells of a charge two days before it. The outbox takes the same news once; of a charge sooner than that the order itself has told. */
function waitWithNotice(draft: PlanDraft, until: Instant, upcoming: UpcomingCharge): Instant {
  const { row, now, sequence } = draft
  const { instalment, amount, dueAt, at } = upcoming
  const noticeAt = plus(at, -noticeTime)
  if (noticeAt <= (row.authorizedAt ?? noticeAt)) return until
  if (now < noticeAt) return earlierOf(noticeAt, until)
  const [card] = draft.cards
  draft.occurrences.push({
    ...{ plan: row, kind: 'charged_soon', amount, instalment, sequence, at: now },
    ...{ lateFee: null, payable: null, comingLateFee: null },
    ...{ card: card ? { brand: card.brand, last4: card.last4 } : null, nextTryAt: dueAt },
  })
  return until
}

/** Nobody is told of a card that failed while another is tried in its place. */
export function keepQuietOf({ occurrences }: PlanDraft, next: NextStep): void {
  if (next.kind !== 'charge') return
  const isReplaced = ({ kind, instalment }: PlanOccurrence) =>
    kind === 'instalment_declined' && instalment === next.instalment
  occurrences.splice(0, occurrences.length, ...occurrences.filter((each) => !isReplaced(each)))
}

/** Should this process die meanwhile, somebody looks again after this. */
export function soonAfter({ now }: PlanDraft): Instant {
  return plus(now, 30n * second)
}

/** Of a step whose answer was lost: at twice its age, at least half a minute and at most an hour later. */
export function askAgainAt({ now }: PlanDraft, { startedAt }: PlanStep): Instant {
  const age = now - startedAt
  const wait = age < 30n * second ? 30n * second : age > hour ? hour : age
  return plus(now, wait)
}
