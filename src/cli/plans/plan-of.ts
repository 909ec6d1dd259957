import { createReadPlan, type ShownPlan } from '../../app/instalments/read-plan.ts'
import type { PlanKey } from '../../db/instalments/plan-rows.ts'
import { findMerchantOfPayment } from '../../db/merchant/merchants.ts'
import { isoOf } from '../../kernel/instant.ts'
import { frequencyOf } from '../../main/frequency-of.ts'
import { CliError } from '../cli-error.ts'
import type { Database } from '../database/database.ts'
import { readToken } from '../orders/token.ts'
import { amountText, amountView, timeText } from '../print/format.ts'
import { table } from '../print/table.ts'

/** The order of a token that somebody typed. */
export async function planKeyOf({ pool }: Pick<Database, 'pool'>, text: string): Promise<PlanKey> {
  const paymentId = readToken(text)
  const merchant = await findMerchantOfPayment(pool, paymentId)
  if (!merchant) throw new CliError(`there is no order ${paymentId}`)
  return { merchantId: merchant.id, paymentId }
}

export async function findPlan(
  { pool, clock }: Pick<Database, 'pool' | 'clock'>,
  key: PlanKey,
): Promise<ShownPlan | undefined> {
  return await createReadPlan({ pool, clock, frequencyOf })(key)
}

export function instalmentTable({ instalments, currency }: ShownPlan): string[] {
  const rows = instalments.map(({ number, dueAt, amount, lateFee, status }) => [
    ...[String(number), dueAt, amountText(amount, currency)],
    ...[lateFee === 0n ? '' : amountText(lateFee, currency), status],
  ])
  return table(['instalment', 'due', 'amount', 'late fee', 'status'], rows, ['instalment', 'amount', 'late fee'])
}

export function stepTable({ steps, currency }: ShownPlan): string[] {
  const rows = steps.map(({ startedAt, purpose, instalment, amount, acquirer, state, failure }) => [
    timeText(startedAt),
    purpose,
    instalment === 0 ? '' : String(instalment),
    amountText(amount, currency),
    acquirer,
    state,
    failure ?? '',
  ])
  return table(['time', 'call', 'instalment', 'amount', 'acquirer', 'outcome', 'why'], rows, ['instalment', 'amount'])
}

export function planView(plan: ShownPlan): object {
  const { instalments, steps, card, currency } = plan
  const money = (minor: bigint) => amountView(minor, currency)
  return {
    ...{ token: plan.paymentId, merchant: plan.merchantId, shopper: plan.shopperId, product: plan.product },
    ...{ owed: money(plan.owed), writtenOff: money(plan.writtenOff) },
    ...{ overdueSince: plan.overdueSince && isoOf(plan.overdueSince), nextAt: plan.nextAt && isoOf(plan.nextAt) },
    card: card && { brand: card.brand, last4: card.last4 },
    instalments: instalments.map(({ number, dueAt, amount, lateFee, status }) => ({
      ...{ number, dueAt, amount: money(amount), lateFee: money(lateFee), status },
    })),
    calls: steps.map(({ id, purpose, instalment, amount, lateFee, acquirer, state, failure, code, startedAt }) => ({
      ...{
        id,
        purpose,
        instalment,
        amount: money(amount),
        lateFee: money(lateFee),
        acquirer,
        state,
        failure,
        code,
        startedAt: isoOf(startedAt),
      },
    })),
  }
}
