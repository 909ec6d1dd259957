import type { PlanCard, PlanKey, PlanRow } from '../../db/instalments/plan-rows.ts'
import type { PlanStep } from '../../domain/instalments/plan-facts.ts'
import { assert, unreachable } from '../../kernel/assert.ts'
import { money } from '../../kernel/money.ts'
import type { AcquirerDirectory, AcquirerRequest, CardAcquirer, FindOutcome } from '../../rails/rail.ts'
import { type FinalOutcome, settledOutcome, withoutShopper } from '../attempt/run-attempt.ts'
import type { Sealer } from '../shared/seal.ts'

/** A call to an acquirer that was recorded and is to be made now, outside of any transaction. */
export type PlanCall = {
  readonly plan: PlanRow
  readonly step: PlanStep
  /** of a charge; undefined when the shopper has removed it since */
  readonly card: PlanCard | undefined
  /** what was made before and not answered: asked about, not made for the first time */
  readonly isRepeat: boolean
  readonly isShopperPresent: boolean
}

/** What came of a call; undefined: nobody knows, and it is asked again later. */
export type CallResult = { readonly key: PlanKey; readonly step: PlanStep; readonly outcome: FinalOutcome | undefined }

export type CallParts = { readonly acquirers: AcquirerDirectory; readonly sealer: Sealer; readonly deadlineMs?: number }

/** Makes one call. A repeat is made under the same id, which the acquirer takes for a question when it knows it. */
export async function makeCall(parts: CallParts, call: PlanCall): Promise<CallResult> {
  const { plan, step } = call
  const acquirer = await parts.acquirers(step.acquirer, plan.merchantId)
  const found = acquirer ? await ask(parts, acquirer, call) : undefined
  const settled = found && settledOutcome(found)
  return { key: plan, step, outcome: settled && withoutShopper(settled) }
}

async function ask(parts: CallParts, acquirer: CardAcquirer, call: PlanCall): Promise<FindOutcome> {
  const deadlineMs = parts.deadlineMs ?? 12_000
  const request = requestOf(call, parts.sealer)
  if (request === undefined) return await acquirer.find(call.step.id, deadlineMs)
  const made = await acquirer.perform(request, deadlineMs)
  if (!call.isRepeat || made.kind === 'succeeded' || (made.kind === 'declined' && !made.isUntried)) return made
  return await acquirer.find(call.step.id, deadlineMs)
}

/** Undefined when it cannot be made again. */
function requestOf({ plan, step, card, isShopperPresent }: PlanCall, sealer: Sealer): AcquirerRequest | undefined {
  const { id: attemptId, purpose, instalment } = step
  const amount = money(plan.currency, step.amount)
  switch (purpose) {
    case 'charge': {
      if (!card) return undefined
      const token = sealer.open(Buffer.from(card.sealedToken, 'base64'))
      return { purpose, attemptId, amount, card: { token, last4: card.last4 }, isShopperPresent, instalment }
    }
    case 'capture':
    case 'release':
    case 'refund': {
      const { railReference } = step
      assert(railReference !== null, 'what is taken, let go or given back has a reference')
      return { purpose, attemptId, amount, railReference }
    }
    default:
      return unreachable(purpose)
  }
}
