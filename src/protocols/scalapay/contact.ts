import type { StoredPayment } from '../../app/app.ts'
import { isObject } from '../shared/body.ts'

/** The shopper's e-mail address as the order names it, unchecked; undefined when it names none. */
export function contactOf({ details }: Pick<StoredPayment, 'details'>): string | undefined {
  const order: unknown = JSON.parse(details)
  const consumer = isObject(order) && isObject(order.consumer) ? order.consumer : {}
  return typeof consumer.email === 'string' ? consumer.email : undefined
}
