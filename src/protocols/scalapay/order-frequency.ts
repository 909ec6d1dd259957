import type { StoredPayment } from '../../app/app.ts'
import type { Frequency } from '../../domain/instalments/products.ts'
import { isObject } from '../shared/body.ts'
import { storedOrder } from './stored-order.ts'
import { wholeNumberOf } from './validation.ts'

const types: Readonly<Record<string, Frequency['frequencyType']>> = {
  daily: 'daily',
  weekly: 'weekly',
  monthly: 'monthly',
}

/**
 * How long the order's shopper may wait before a pay-later instalment, as the merchant sent it: WooCommerce and PrestaShop
 * send `number` as a string or as a number. Undefined when absent or unreadable; whether it is within bounds is the plan's question.
 */
export function orderFrequency(stored: Pick<StoredPayment, 'details'>): Frequency | undefined {
  const { frequency } = storedOrder(stored)
  if (!isObject(frequency)) return undefined
  const { number: sent, frequencyType: word } = frequency
  const number = wholeNumberOf(sent)
  const key = typeof word === 'string' ? word.toLowerCase() : ''
  const frequencyType = Object.hasOwn(types, key) ? types[key] : undefined
  return number === undefined || frequencyType === undefined ? undefined : { number, frequencyType }
}
