import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { insertCard } from '../../db/shopper/cards.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import { type Card, instrumentOf } from '../../domain/payment/card.ts'
import type { FailureReason } from '../../domain/payment/failure.ts'
import type { CardInstrument } from '../../domain/payment/instrument.ts'
import type { NextAction } from '../../domain/payment/next-action.ts'
import type { ShopperId } from '../../domain/shopper/shopper.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Currency } from '../../kernel/currency.ts'
import { type AttemptId, type MerchantId, newAttemptId } from '../../kernel/ids.ts'
import { money } from '../../kernel/money.ts'
import type { AcquirerDirectory, RailOutcome } from '../../rails/rail.ts'
import type { ChooseAcquirer } from '../attempt/choose-acquirer.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'

/** A purchase that a card is to pay: its currency decides which acquirer keeps the card. */
export type PaidPurchase = { readonly merchantId: MerchantId; readonly currency: Currency }

export type CardOffer = {
  readonly shopperId: ShopperId
  readonly card: Card
  readonly purchase: PaidPurchase
  /** network address of the shopper, for the brake */
  readonly address: string
  /** where the shopper comes back to from their bank; what is remembered of the try is added as `state` */
  readonly returnUrl: string
}

export type AddedCard =
  | { readonly kind: 'kept'; readonly cardId: string }
  | { readonly kind: 'declined'; readonly reason: FailureReason }
  | { readonly kind: 'action_required'; readonly action: NextAction }
  /** nothing was kept, and nothing was taken: it can be tried again */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'too_many_tries' }

export type AddCard = (offer: CardOffer) => Promise<AddedCard>

/** Goes on when the shopper is back. Undefined for a state that is not the shopper's, or none. */
export type CompleteAddedCard = (shopperId: ShopperId, state: string) => Promise<AddedCard | undefined>

export type AddCardParts = {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly choose: ChooseAcquirer
  readonly acquirers: AcquirerDirectory
  readonly sealer: Sealer
}

/** What is remembered while the shopper is at their bank, sealed, in the address that they come back to. */
type State = {
  readonly attemptId: AttemptId
  readonly shopperId: ShopperId
  readonly acquirer: string
  readonly purchase: PaidPurchase
  readonly instrument: CardInstrument
}

const deadlineMs = 10_000

/**
 * Keeps a card that a shopper typed in without buying anything. The acquirer is asked to authorize nothing, which proves the card and moves no money,
 * so there is nothing to record of a try that came to nothing.
 */
export function createAddCard(parts: AddCardParts): AddCard {
  const { choose, sealer } = parts
  return async ({ shopperId, card, purchase, returnUrl }) => {
    const { key, acquirer } = await choose({ ...purchase, funding: 'shopper' })
    const attemptId = newAttemptId()
    const state: State = { attemptId, shopperId, acquirer: key, purchase, instrument: instrumentOf(card) }
    const sealed = sealer.seal(JSON.stringify(state)).toString('base64url')
    const outcome = await acquirer.perform(
      {
        ...{ purpose: 'authorize', attemptId, amount: money(purchase.currency, 0n), card, keepsCard: true },
        returnUrl: `${returnUrl}?state=${sealed}`,
      },
      deadlineMs,
    )
    return await keep(parts, state, outcome)
  }
}

export function createCompleteAddedCard(parts: AddCardParts): CompleteAddedCard {
  return async (shopperId, sealed) => {
    const state = opened(parts.sealer, sealed)
    if (state?.shopperId !== shopperId) return undefined
    const { attemptId, acquirer: key, purchase } = state
    const acquirer = await parts.acquirers(key, purchase.merchantId)
    if (!acquirer) return { kind: 'unknown' }
    const amount = money(purchase.currency, 0n)
    return await keep(parts, state, await acquirer.perform({ purpose: 'complete', attemptId, amount }, deadlineMs))
  }
}

function opened(sealer: Sealer, sealed: string): State | undefined {
  try {
    return JSON.parse(sealer.open(Buffer.from(sealed, 'base64url'))) as State
  } catch {
    // An address that was cut or made up: only what was sealed here can be opened.
    return undefined
  }
}

async function keep({ pool, clock, sealer }: AddCardParts, state: State, outcome: RailOutcome): Promise<AddedCard> {
  switch (outcome.kind) {
    case 'succeeded': {
      if (outcome.token === undefined) return { kind: 'declined', reason: 'not_permitted' }
      const { shopperId, acquirer, instrument } = state
      const { brand, last4, expiryMonth, expiryYear } = instrument
      const card = { ...{ brand, last4, expiryMonth, expiryYear }, id: randomUUID(), acquirer, shopperId }
      const token = sealer.seal(outcome.token)
      await outageAsUnavailable(
        inTransaction(pool, (client) => insertCard(client, { ...card, token, createdAt: clock.now() })),
      )
      return { kind: 'kept', cardId: card.id }
    }
    case 'declined':
      return { kind: 'declined', reason: outcome.reason }
    case 'action_required':
      return { kind: 'action_required', action: outcome.action }
    case 'unknown':
      return { kind: 'unknown' }
  }
}
