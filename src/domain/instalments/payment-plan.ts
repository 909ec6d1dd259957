import type { Instant } from '../../kernel/instant.ts'
import { money } from '../../kernel/money.ts'
import type { MerchantTerms } from '../merchant/terms.ts'
import type { Payment } from '../payment/payment.ts'
import { type Instalment, instalmentPlan } from './plan.ts'
import { type Frequency, isInstalmentProduct } from './products.ts'

export type PlannedPayment = Pick<Payment, 'product' | 'currency' | 'total' | 'reduced' | 'captured' | 'authorizedAt'>

/**
 * A payment's plan: of what was captured, or of what still may be; counted from the authorization, or from `now` while
 * nobody has authorized it. `frequency` is what the order asks for. Empty for what is not sold in instalments.
 */
export function paymentPlan(
  payment: PlannedPayment,
  { timeZone }: Pick<MerchantTerms, 'timeZone'>,
  frequency: Frequency | undefined,
  now: Instant,
): readonly Instalment[] {
  const { product, currency, total, reduced, captured, authorizedAt } = payment
  const minor = captured > 0n ? captured : total - reduced
  if (!isInstalmentProduct(product) || minor <= 0n) return []
  return instalmentPlan({
    product,
    total: money(currency, minor),
    start: authorizedAt ?? now,
    frequency,
    zone: timeZone,
  })
}
