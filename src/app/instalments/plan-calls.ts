import type { PlanCard, PlanKey, PlanRow } from '../../db/instalments/plan-rows.ts'
import type { PlanStep } from '../../domain/instalments/plan-facts.ts'
import { assert, unreachable } from '../../kernel/assert.ts'
import { money } from '../../kernel/money.ts'
import type { AcquirerDirectory, AcquirerRequest, CardAcquirer, FindOutcome, KnownOutcome } from '../../rails/rail.ts'
import { makeAgain } from '../attempt/make-again.ts'
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
  /** where a shopper who is there comes back to from their bank */
  readonly returnUrl?: string
  /** the shopper has come back: the rail is asked to go on */
  readonly isReturn?: true
  /** the shopper is still within the time that their bank gave */
  readonly mayWait?: boolean
}

/** What came of a call; undefined: nobody knows, and it is asked again later. */
export type CallResult = {
  readonly key: PlanKey
  readonly step: PlanStep
  readonly outcome: FinalOutcome | undefined
  /** what the shopper has to do first; only where somebody is there to do it */
  readonly wait?: Extract<KnownOutcome, { kind: 'action_required' }>
}

export type CallParts = { readonly acquirers: AcquirerDirectory; readonly sealer: Sealer; readonly deadlineMs?: number }

/** Makes one call. A repeat finds out what became of the one before. */
export async function makeCall(parts: CallParts, call: PlanCall): Promise<CallResult> {
  const { plan, step } = call
  const acquirer = await parts.acquirers(step.acquirer, plan.merchantId)
  const found = acquirer ? await ask(parts, acquirer, call) : undefined
  const settled = found && settledOutcome(found)
  if (settled?.kind === 'action_required') {
    if (call.returnUrl !== undefined || call.isReturn) return { key: plan, step, outcome: undefined, wait: settled }
    // Nothing is done until the shopper is back. When a return is on its way to the rail, what it still waits for is not an answer.
    if (call.mayWait) return { key: plan, step, outcome: undefined }
  }
  return { key: plan, step, outcome: settled && withoutShopper(settled) }
}

async function ask(parts: CallParts, acquirer: CardAcquirer, call: PlanCall): Promise<FindOutcome> {
  const deadlineMs = parts.deadlineMs ?? 12_000
  if (call.isReturn) {
    const amount = money(call.plan.currency, call.step.amount)
    return await acquirer.perform({ purpose: 'complete', attemptId: call.step.id, amount }, deadlineMs)
  }
  const request = requestOf(call, parts.sealer)
  if (request === undefined) return await acquirer.find(call.step.id, deadlineMs)
  return call.isRepeat
    ? await makeAgain(acquirer, request, { deadlineMs })
    : await acquirer.perform(request, deadlineMs)
}

/** Undefined when it cannot be made again. */
function requestOf(
  { plan, step, card, isShopperPresent, returnUrl }: PlanCall,
  sealer: Sealer,
): AcquirerRequest | undefined {
  const { id: attemptId, purpose, instalment } = step
  const amount = money(plan.currency, step.amount)
  switch (purpose) {
    case 'charge': {
      if (!card) return undefined
      const token = sealer.open(Buffer.from(card.sealedToken, 'base64'))
      return {
        ...{ purpose, attemptId, amount, card: { token, last4: card.last4 }, isShopperPresent, instalment },
        ...(returnUrl !== undefined && { returnUrl }),
      }
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
