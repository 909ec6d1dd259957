import type pg from 'pg'
import { insertEvents } from '../../../db/event/events.ts'
import { insertLateFees, waiveLateFees } from '../../../db/instalments/late-fees.ts'
import { type PlanKey, readPlans, readSteps } from '../../../db/instalments/plan-rows.ts'
import { insertSteps, type PlanChange, updatePlans } from '../../../db/instalments/plan-writes.ts'
import { insertTransfers } from '../../../db/ledger/transfers.ts'
import { finishAttempts } from '../../../db/payment/payment-batch.ts'
import type { Statement } from '../../../db/wire/statement.ts'
import type { PaymentId } from '../../../kernel/ids.ts'
import type { Instant } from '../../../kernel/instant.ts'
import type { CallResult, PlanCall } from '../plan-calls.ts'
import type { PlanOccurrence, PlanWish } from '../plan-occurrence.ts'
import type { FrequencyOf } from '../plan-state.ts'
import { lookAtPlan } from './look-at-plan.ts'
import { PlanDraft } from './plan-draft.ts'

export type LookParts = {
  readonly frequencyOf: FrequencyOf
  /** statements that tell people what happened, written with it */
  readonly tell: (occurrences: readonly PlanOccurrence[]) => readonly Statement[]
}

export type Look = {
  readonly now: Instant
  /** answers of acquirers, by payment */
  readonly results?: readonly CallResult[]
  readonly wish?: PlanWish
}

/**
 * Looks at plans whose rows are locked by this transaction: books what acquirers have answered, decides the next step of each and
 * records it before it is made. Answers the calls to be made once the transaction is committed.
 */
export async function lookAtPlans(
  client: pg.ClientBase,
  parts: LookParts,
  keys: readonly PlanKey[],
  look: Look,
): Promise<readonly PlanCall[]> {
  if (keys.length === 0) return []
  const rows = await readPlans(client, keys)
  const steps = await readSteps(client, keys)
  const results = new Map<PaymentId, CallResult>(look.results?.map((result) => [result.key.paymentId, result]))
  const looked = rows.map((row) => {
    const draft = new PlanDraft(row, steps.get(row.paymentId) ?? [], parts.frequencyOf, look.now)
    return { draft, change: lookAtPlan(draft, results.get(row.paymentId), look.wish) }
  })
  for (const statement of statementsOf(looked, parts)) await client.query(statement)
  return looked.flatMap(({ draft }) => draft.calls)
}

/** A plan with all that is written of it, and its next row. */
type Looked = { readonly draft: PlanDraft; readonly change: PlanChange }

function statementsOf(looked: readonly Looked[], { tell }: LookParts): readonly Statement[] {
  const all = <Row>(rowsOf: (look: Looked) => readonly Row[], write: (rows: readonly Row[]) => Statement) => {
    const rows = looked.flatMap(rowsOf)
    return rows.length > 0 ? [write(rows)] : []
  }
  return [
    ...all(({ draft }) => draft.finished, finishAttempts),
    ...all(({ draft }) => draft.started, insertSteps),
    ...all(({ draft }) => draft.events, insertEvents),
    ...all(({ draft }) => draft.transfers, insertTransfers),
    ...all(({ draft }) => draft.newFees, insertLateFees),
    ...all(({ draft }) => draft.waivedFees, waiveLateFees),
    ...all(({ change }) => [change], updatePlans),
    ...tell(looked.flatMap(({ draft }) => draft.occurrences)),
  ]
}
