import { hasCheckDigit } from '../../domain/payment/card.ts'
import type { AttemptId } from '../../kernel/ids.ts'
import type { AuthorizationResult, AuthorizeOrder, BrakeRefusal, CompleteOrder } from '../app.ts'
import type { AddCard, AddedCard } from '../shopper/add-card.ts'
import { createTryPlaces, type PlaceKey, type TryPlacesOptions } from './try-places.ts'

/** Cards that one order, or one account, may be declined with in an hour: more than any shopper owns. */
const mostPerOrder = 10
const mostPerShopper = 10

type BrakeOptions = { readonly declinesPerHourPerAddress: number } & Pick<TryPlacesOptions, 'countDecline'>

/** A brake against card testing, by order and by the shopper's address, over both halves of an authorization. */
export type OrderBrake = {
  /**
   * The same authorization behind the brake. A number that no card can have, and a try too many, are refused before the
   * acquirer is asked, and alike for every card: neither tells anything of it.
   */
  readonly authorize: (authorizeOrder: AuthorizeOrder) => AuthorizeOrder
  /** The second half is never refused: its try has kept its place, and gives it back when the card was approved. */
  readonly complete: (completeOrder: CompleteOrder) => CompleteOrder
  /** Keeping a card without an order, counted by its shopper and the address. One that goes on at a bank keeps its place for the hour. */
  readonly add: (addCard: AddCard) => AddCard
}

/** Shoppers at their banks whose tries are remembered; the oldest beyond it keep their places for the hour. */
const mostAtBanks = 50_000

export function createOrderBrake({ declinesPerHourPerAddress, countDecline }: BrakeOptions): OrderBrake {
  const places = createTryPlaces({ countDecline })
  const atBanks = new Map<AttemptId, readonly PlaceKey[]>()

  function keep(result: AuthorizationResult, keys: readonly PlaceKey[]): void {
    const attemptId = result.kind === 'action_required' ? result.payment.pendingAttempt?.id : undefined
    if (attemptId === undefined) return
    const [oldest] = atBanks.keys()
    if (atBanks.size >= mostAtBanks && oldest !== undefined) atBanks.delete(oldest)
    atBanks.set(attemptId, keys)
  }

  return {
    authorize: (authorizeOrder) => async (order) => {
      if ('number' in order.card && !hasCheckDigit(order.card.number.reveal()))
        return refused({ reason: 'invalid_card_number' })
      const keys = [
        { name: `order ${order.paymentId}`, most: mostPerOrder },
        ...(order.address === undefined ? [] : [{ name: `address ${order.address}`, most: declinesPerHourPerAddress }]),
      ]
      const result = await places.run(keys, () => authorizeOrder(order), isDecline)
      if (result) keep(result, keys)
      return result ?? refused({ reason: 'too_many_tries' })
    },
    complete: (completeOrder) => async (order) => {
      const result = await completeOrder(order)
      const keys = atBanks.get(order.attemptId)
      if (keys && result.kind !== 'action_required' && result.kind !== 'unknown') {
        atBanks.delete(order.attemptId)
        if (result.kind !== 'refused') await places.settle(keys, result.kind === 'declined')
      }
      return result
    },
    add: (addCard) => async (offer) => {
      const keys = [
        { name: `shopper ${offer.shopperId}`, most: mostPerShopper },
        { name: `address ${offer.address}`, most: declinesPerHourPerAddress },
      ]
      return (await places.run(keys, () => addCard(offer), isDecline)) ?? { kind: 'too_many_tries' }
    },
  }
}

/** What is not known to be none keeps its place: a bank that asks its shopper for a step has told whoever tests the card that it exists. */
function isDecline({ kind }: AuthorizationResult | AddedCard): boolean | 'not_known_yet' {
  if (kind === 'unknown' || kind === 'action_required') return 'not_known_yet'
  return kind === 'declined'
}

function refused(rejection: BrakeRefusal): AuthorizationResult {
  return { kind: 'refused', rejection }
}
