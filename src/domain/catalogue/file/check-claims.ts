import type { Currency } from '../../../kernel/currency.ts'
import { money } from '../../../kernel/money.ts'
import type { ClaimedDiscount } from '../pricing/order-request.ts'
import type { AppliedDiscount } from '../pricing/priced-order.ts'
import type { CatalogueRefusal } from '../pricing/refusal.ts'

/**
 * Each entry of `discounts` (salescloud.md 1) must be a rule that applied, and in that amount when
 * it names one. An empty list says nothing: rules apply by themselves, as the SalesCloud help page has them.
 */
export function checkClaims(
  claims: readonly ClaimedDiscount[],
  applied: readonly AppliedDiscount[],
  currency: Currency,
): CatalogueRefusal | undefined {
  const byName = new Map<string | null, bigint>()
  for (const { reference, amount } of applied) byName.set(reference, (byName.get(reference) ?? 0n) + amount)
  for (const [index, claim] of claims.entries()) {
    const granted = byName.get(claim.machineName) ?? 0n
    if (granted > 0n && (claim.amount === null || claim.amount === granted)) continue
    return {
      reason: 'discount_not_granted',
      path: `discounts[${index}]`,
      granted: granted > 0n ? money(currency, granted) : null,
    }
  }
  return undefined
}
