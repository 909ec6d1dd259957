import type pg from 'pg'
import { lockDuePlans, lockPlans, nextPlanCheck, type PlanCard, type PlanKey } from '../../db/instalments/plan-rows.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import type { FailureReason } from '../../domain/payment/failure.ts'
import type { NextAction } from '../../domain/payment/next-action.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type Instant, plus } from '../../kernel/instant.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { type Look, type LookParts, lookAtPlans } from './look/look-at-plans.ts'
import { type CallParts, type CallResult, makeCall, type PlanCall } from './plan-calls.ts'
import type { PlanOccurrence, PlanWish } from './plan-occurrence.ts'

export type PlansParts = LookParts & CallParts & { readonly pool: pg.Pool; readonly clock: Clock }

export type PayOptions = {
  readonly isShopperPresent: boolean
  /** absent: the plan's own card */
  readonly cardId?: string
  /** minor units that whoever asks has seen: what costs something else by now is not charged */
  readonly amount?: bigint
  /** where a shopper who is there comes back to from their bank; absent: a bank that asks for them has refused */
  readonly returnUrl?: string
}

export type PayResult =
  | { readonly kind: 'paid' }
  | { readonly kind: 'declined'; readonly reason: FailureReason }
  /** the shopper's bank asks for a step, and nothing is charged before */
  | { readonly kind: 'action_required'; readonly action: NextAction }
  /** nobody knows yet: a job finds out, and nothing is charged twice */
  | { readonly kind: 'unknown' }
  /** another charge is under way, or there was nothing to pay, or no card to pay with */
  | { readonly kind: 'nothing_done' }

/** What is done with instalment plans. Everything throws `Unavailable` when the database is away; what was recorded is made later. */
export type Plans = {
  readonly nextDue: () => Promise<Instant | null>
  /** Makes what is due by `until` of the first plans; answers how many were looked at. */
  readonly runDue: (until: Instant) => Promise<number>
  /** Charges an instalment early or late, by the wish of its shopper or of the operator. */
  readonly pay: (key: PlanKey, instalment: number, how: PayOptions) => Promise<PayResult>
  /** Goes on with the charge whose shopper is back from their bank. A second or late return does nothing more than the job does. */
  readonly returnFromBank: (key: PlanKey) => Promise<PayResult>
  /** From now on the plan is collected from this card. */
  readonly replaceCard: (key: PlanKey, card: PlanCard) => Promise<void>
  /** The operator gives up what is still owed. False when nothing is, or a charge is under way. */
  readonly writeOff: (key: PlanKey) => Promise<boolean>
  /** The operator waives the late fees of an instalment, or of all: answers how much. What of it was paid goes back to the card. */
  readonly waiveLateFees: (key: PlanKey, instalment?: number) => Promise<bigint>
}

/** Few enough that what they lock is free again within some milliseconds, many enough for a thousand charges a second. */
const mostAtOnce = 100

export function createPlans(parts: PlansParts): Plans {
  const { pool, clock } = parts
  /** Grants a wish: answers what happened to the plan with it, and then every call that followed from it, in order. */
  const grant = async (key: PlanKey, wish: PlanWish) => {
    let noted: readonly PlanOccurrence[] = []
    const now = clock.now()
    const tell: LookParts['tell'] = (occurrences) => {
      noted = occurrences
      return parts.tell(occurrences)
    }
    const calls = await look({ ...parts, tell }, (client) => lockPlans(client, [key]), { now, wish })
    return { noted, results: await makeAll(parts, calls, now) }
  }
  return {
    nextDue: () => outageAsUnavailable(nextPlanCheck(pool)),
    runDue: async (until) => {
      let count = 0
      const lock = async (client: pg.PoolClient) => {
        const keys = await lockDuePlans(client, until, mostAtOnce)
        count = keys.length
        return keys
      }
      await makeAll(parts, await look(parts, lock, { now: until }), until)
      return count
    },
    pay: async (key, instalment, how) => {
      const { results } = await grant(key, { kind: 'pay', instalment, ...how })
      return payResultOf(results, instalment)
    },
    returnFromBank: async (key) => {
      const { results } = await grant(key, { kind: 'return' })
      return payResultOf(results)
    },
    replaceCard: async (key, card) => {
      await grant(key, { kind: 'replace_card', card })
    },
    writeOff: async (key) => {
      const { noted } = await grant(key, { kind: 'write_off' })
      return noted.some(({ kind }) => kind === 'written_off')
    },
    waiveLateFees: async (key, instalment) => {
      const { noted } = await grant(key, { kind: 'waive_late_fees', ...(instalment !== undefined && { instalment }) })
      const waived = noted.filter(({ kind }) => kind === 'late_fee_waived')
      return waived.reduce((sum, { amount }) => sum + amount, 0n)
    },
  }
}

/** Locks plans and looks at them, in one transaction. */
async function look(
  parts: PlansParts,
  lock: (client: pg.PoolClient) => Promise<readonly PlanKey[]>,
  how: Look,
): Promise<readonly PlanCall[]> {
  return await outageAsUnavailable(
    inTransaction(parts.pool, async (client) => await lookAtPlans(client, parts, await lock(client), how)),
  )
}

/** Makes the calls, books their answers and makes what follows from these, until nothing is left to be done now. */
async function makeAll(parts: PlansParts, first: readonly PlanCall[], now: Instant): Promise<readonly CallResult[]> {
  const all: CallResult[] = []
  for (let calls = first, round = 1n; calls.length > 0; round++) {
    const results = await Promise.all(calls.map((call) => makeCall(parts, call)))
    all.push(...results)
    const keys = results.map(({ key }) => key)
    // What follows from an answer comes after it, also in its row.
    calls = await look(parts, (client) => lockPlans(client, keys), { now: plus(now, round), results })
  }
  return all
}

/** What came of an instalment, by default the first that was charged: where a card was refused and another charged in its place, the last counts. */
function payResultOf(results: readonly CallResult[], instalment?: number): PayResult {
  const charges = results.filter(({ step }) => step.purpose === 'charge')
  const result = charges.findLast(({ step }) => step.instalment === (instalment ?? charges[0]?.step.instalment))
  if (!result) return { kind: 'nothing_done' }
  if (result.wait) return { kind: 'action_required', action: result.wait.action }
  if (!result.outcome) return { kind: 'unknown' }
  return result.outcome.kind === 'succeeded' ? { kind: 'paid' } : { kind: 'declined', reason: result.outcome.reason }
}
