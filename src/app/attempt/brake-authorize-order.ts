import { hasCheckDigit } from '../../domain/payment/card.ts'
import type { AuthorizationResult, AuthorizeOrder, BrakeRefusal } from '../app.ts'
import { createTryPlaces, type TryPlacesOptions } from './try-places.ts'

/** Cards that one order may be declined with in an hour: more than any shopper owns. */
const mostPerOrder = 10

/**
 * The same authorization behind a brake against card testing, by order and by the shopper's address. A number that no card
 * can have, and a try too many, are refused before the acquirer is asked, and alike for every card: neither tells anything of it.
 */
export function brakeAuthorizeOrder(
  authorizeOrder: AuthorizeOrder,
  {
    declinesPerHourPerAddress,
    countDecline,
  }: { readonly declinesPerHourPerAddress: number } & Pick<TryPlacesOptions, 'countDecline'>,
): AuthorizeOrder {
  const places = createTryPlaces({ countDecline })
  return async (order) => {
    if ('number' in order.card && !hasCheckDigit(order.card.number.reveal()))
      return refused({ reason: 'invalid_card_number' })
    const keys = [
      { name: `order ${order.paymentId}`, most: mostPerOrder },
      ...(order.address === undefined ? [] : [{ name: `address ${order.address}`, most: declinesPerHourPerAddress }]),
    ]
    const result = await places.run(keys, () => authorizeOrder(order), isDecline)
    return result ?? refused({ reason: 'too_many_tries' })
  }
}

function isDecline({ kind }: AuthorizationResult): boolean {
  return kind === 'declined'
}

function refused(rejection: BrakeRefusal): AuthorizationResult {
  return { kind: 'refused', rejection }
}
