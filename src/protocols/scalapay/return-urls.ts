import type { ReturnUrls, StoredPayment } from '../../app/app.ts'
import { isRedirectUrl } from '../../domain/merchant/redirect.ts'
import { isObject } from '../shared/body.ts'
import { storedOrder } from './stored-order.ts'

/**
 * Where the order's shopper goes back to (scalapay.md 14.2). Checked again although create-order checked them: what is stored
 * ends up in a Location header. Undefined for orders that have none, such as in-store links.
 */
export function returnUrls(stored: Pick<StoredPayment, 'details'>): ReturnUrls | undefined {
  const order = storedOrder(stored)
  if (!Object.hasOwn(order, 'merchant') || !isObject(order.merchant)) return undefined
  const { redirectConfirmUrl: confirm, redirectCancelUrl: cancel } = order.merchant
  if (typeof confirm !== 'string' || typeof cancel !== 'string') return undefined
  return isRedirectUrl(confirm) && isRedirectUrl(cancel) ? { confirm, cancel } : undefined
}
