import type { Instant } from '../../../kernel/instant.ts'
import type { ActionOf } from '../action.ts'
import type { Payment } from '../payment.ts'
import { accept } from './accept.ts'
import type { Decision } from './decision.ts'

/** Changes the merchant's own labels, in any state: plugins do it right after the capture (scalapay.md 4). */
export function decideUpdateReferences(
  payment: Payment,
  action: ActionOf<'update_references'>,
  now: Instant,
): Decision<'update_references'> {
  const { merchantReference = payment.merchantReference, processorReference = payment.processorReference } = action
  return accept({ ...payment, merchantReference, processorReference }, { kind: 'references_updated', at: now })
}
