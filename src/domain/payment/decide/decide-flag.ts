import type { Instant } from '../../../kernel/instant.ts'
import type { ActionOf } from '../action.ts'
import type { Payment } from '../payment.ts'
import { accept } from './accept.ts'
import type { Decision } from './decision.ts'

/** Notes that something about a captured payment looks wrong. It changes nothing else: people look at it. */
export function decideFlag(payment: Payment, { suspicion }: ActionOf<'flag'>, now: Instant): Decision<'flag'> {
  return accept(payment, { kind: 'suspicious', at: now, note: suspicion })
}
