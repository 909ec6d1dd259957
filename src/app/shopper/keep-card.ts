import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { insertCard } from '../../db/shopper/cards.ts'
import { findOrderShopper } from '../../db/shopper/checkouts.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Clock } from '../../kernel/clock.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** Told of each payment that a card has authorized, with the key of the acquirer's account. */
export type KeepCard = (payment: Payment, acquirer: string | undefined) => Promise<void>

/**
 * Puts the card that an acquirer keeps among those of the shopper whose order it was; its token is sealed already. Of an order of
 * nobody nothing is kept.
 */
export function createKeepCard(pool: pg.Pool, clock: Clock): KeepCard {
  return async (payment, acquirer) => {
    const { instrument, merchantId, id } = payment
    if (instrument?.kind !== 'card' || instrument.token === undefined || acquirer === undefined) return
    const { brand, last4, expiryMonth, expiryYear } = instrument
    const token = Buffer.from(instrument.token, 'base64')
    // Once it is authorized, it is nobody else's any more.
    const shopperId = await outageAsUnavailable(findOrderShopper(pool, merchantId, id))
    if (shopperId === null) return
    const card = { ...{ brand, last4, expiryMonth, expiryYear }, id: randomUUID(), acquirer, shopperId }
    await outageAsUnavailable(
      inTransaction(pool, (client) => insertCard(client, { ...card, token, createdAt: clock.now() })),
    )
  }
}
