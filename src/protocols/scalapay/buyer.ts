import type { StoredPayment } from '../../app/app.ts'
import type { Buyer } from '../../domain/shopper/buyer.ts'
import { orderView } from './order-view.ts'

/** The order's consumer, with the address that the order is sent to. */
export function buyerOf(stored: Pick<StoredPayment, 'details'>): Buyer {
  const { givenNames, surname, email, phone, address, postcode, city, country } = orderView(stored)
  const joined = (...parts: readonly string[]) => parts.filter(Boolean).join(' ')
  return {
    name: joined(givenNames, surname),
    email,
    phone,
    address: [address, joined(postcode, city), country].filter(Boolean),
  }
}
