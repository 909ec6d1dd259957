import { type InstalmentProduct, isInstalmentProduct, productRules } from '../../domain/instalments/products.ts'
import type { Payment } from '../../domain/payment/payment.ts'

/** Pay-later waits for its only instalment; every other plan begins today. */
export function isDueNow(payment: Pick<Payment, 'product'>, instalment: number): boolean {
  const product: InstalmentProduct | undefined = isInstalmentProduct(payment.product) ? payment.product : undefined
  return instalment === 1 && product !== undefined && productRules[product].startsAtOnce
}
