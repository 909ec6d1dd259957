import { markPlans, type PlanMark } from '../../db/instalments/plan-marks.ts'
import type { ActionKind } from '../../domain/payment/state.ts'
import type { Companion, CompanionPart } from '../companion.ts'

/** What changes what a shopper owes, or lets the hold on their card go. */
const changing: ReadonlySet<string> = new Set<ActionKind>([
  'capture',
  'capture_part',
  'reduce',
  'close',
  'void',
  'refund',
  'timer',
])

/**
 * Marks the instalment plan of a payment that the operator funds, in the transaction that captures, gives back or ends it: a job takes
 * it from there (src/jobs/collection), so that the merchant's answer waits for no acquirer.
 */
export const instalmentPlans: Companion = {
  name: 'instalment_plans',
  concerns: ({ action }) => changing.has(action.kind),
  load: async () => markingPart(),
}

function markingPart(): CompanionPart {
  const marks: PlanMark[] = []
  return {
    keep: (_carrier, { payment, events, now }) => {
      if (events.every(({ kind }) => kind === 'expiring_soon')) return
      // Without a reference of the rail nothing was ever authorized: there is nothing to collect and nothing to let go.
      if (payment.funding !== 'shopper' || payment.railReference === null) return
      marks.push({ merchantId: payment.merchantId, paymentId: payment.id, at: now })
    },
    statements: () => (marks.length > 0 ? [markPlans(marks)] : []),
  }
}
