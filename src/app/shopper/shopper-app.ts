import { findCard, type KeptCardRow, listCards, makeDefaultCard, removeCard } from '../../db/shopper/cards.ts'
import {
  findChosenProduct,
  findFeedback,
  findOrderShopper,
  keepChosenProduct,
  listShopperOrders,
  type ShopperOrderRow,
} from '../../db/shopper/checkouts.ts'
import { listOpenOrders } from '../../db/shopper/open-orders.ts'
import { listSessions, type StoredSession } from '../../db/shopper/sessions.ts'
import { updateLanguage, updateProfile } from '../../db/shopper/shoppers.ts'
import { dropSignIns, findSignIn } from '../../db/shopper/sign-ins.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import type { InstalmentProduct } from '../../domain/instalments/products.ts'
import type { MessageChannel } from '../../domain/message/message.ts'
import type { Contact } from '../../domain/shopper/contact.ts'
import type { EligibilityRefusal } from '../../domain/shopper/eligibility.ts'
import { codeLimits } from '../../domain/shopper/one-time-code.ts'
import type { Profile } from '../../domain/shopper/profile.ts'
import type { SavedCard, Shopper, ShopperId } from '../../domain/shopper/shopper.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { type Instant, plus } from '../../kernel/instant.ts'
import type { Language } from '../../kernel/language.ts'
import type { Result } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { bringCards } from './cells/bring-shopper.ts'
import { createCodeBrake } from './cells/code-brake.ts'
import { everywhere } from './cells/everywhere.ts'
import { type CardExpiry, checkEligibility, type EligibilityQuestion } from './check-eligibility.ts'
import { type EraseRefusal, eraseShopper } from './erase-shopper.ts'
import { type CodeRequest, type RequestCodeRefusal, requestCode } from './request-code.ts'
import { createShopperSecrets } from './secrets.ts'
import { endSessions, readSession, type Session, signOut } from './session.ts'
import type { ShopperParts } from './shopper-parts.ts'
import type { StoredCard } from './stored-card.ts'
import { type CodeTry, type SignedIn, type VerifyRefusal, verifyCode } from './verify-code.ts'

/** A code that a browser was asked for and that still counts. */
export type PendingCode = {
  readonly contact: Contact
  /** when another may be asked for */
  readonly resendAt: Instant
}

/** What pages may do for the people who buy. Throws `Unavailable` while the database is away. */
export type ShopperApp = {
  /** ways to send a code; pages ask for no other contact */
  readonly channels: ReadonlySet<MessageChannel>
  readonly newVisitor: () => string
  /** what a form of this visitor carries, so that no other site can send it */
  readonly formToken: (visitor: string) => string
  readonly requestCode: (request: CodeRequest) => Promise<Result<void, RequestCodeRefusal>>
  readonly verifyCode: (request: CodeTry) => Promise<Result<SignedIn, VerifyRefusal>>
  readonly pendingCode: (visitor: string) => Promise<PendingCode | undefined>
  readonly dropCode: (visitor: string) => Promise<void>
  readonly session: (cookie: string | undefined) => Promise<Session | undefined>
  readonly sessions: (id: ShopperId) => Promise<readonly StoredSession[]>
  readonly endSessions: (id: ShopperId, sessionId: string | null) => Promise<void>
  /** ends one's own session, wherever it is kept */
  readonly signOut: (session: Session) => Promise<void>
  readonly saveProfile: (shopper: Shopper, profile: Profile, otherContact: Contact | null) => Promise<void>
  readonly saveLanguage: (id: ShopperId, language: Language) => Promise<void>
  /** forgets the shopper for good, in every cell; refused while anything is still to be paid in one of them */
  readonly erase: (id: ShopperId) => Promise<Result<void, EraseRefusal>>
  /** also those that the shopper has kept in other cells, which are kept here from then on */
  readonly cards: (id: ShopperId) => Promise<readonly SavedCard[]>
  /** a card as it can be charged; undefined when it is not the shopper's, or not there any more */
  readonly storedCard: (id: ShopperId, cardId: string) => Promise<StoredCard | undefined>
  /** from now on this card is the one that is tried first */
  readonly makeDefaultCard: (id: ShopperId, cardId: string) => Promise<void>
  /** forgets the acquirer's name for the card; the caller has looked whether a plan still needs it */
  readonly removeCard: (id: ShopperId, cardId: string) => Promise<void>
  /** the orders that are the shopper's, newest first */
  readonly orders: (id: ShopperId, limit: number) => Promise<readonly ShopperOrderRow[]>
  /** those that money may still be taken for, however many others came later */
  readonly openOrders: (id: ShopperId) => Promise<readonly ShopperOrderRow[]>
  /** why the shopper may not buy this with this card; undefined when they may */
  readonly refusal: (
    shopper: Shopper,
    order: EligibilityQuestion,
    card: CardExpiry,
  ) => Promise<EligibilityRefusal | undefined>
  /** the one word that a merchant may read about why its shopper was refused; null where nobody was */
  readonly feedback: (merchantId: MerchantId, paymentId: PaymentId) => Promise<string | null>
  /** as which product the shopper would pay an order that leaves it to them; null while nobody chose */
  readonly chosenProduct: (merchantId: MerchantId, paymentId: PaymentId) => Promise<string | null>
  readonly chooseProduct: (merchantId: MerchantId, paymentId: PaymentId, product: InstalmentProduct) => Promise<void>
  /** whose an order is, once somebody has tried to authorize it */
  readonly orderShopper: (merchantId: MerchantId, paymentId: PaymentId) => Promise<ShopperId | null>
}

export function createShopperApp(
  options: Omit<ShopperParts, 'secrets' | 'codeBrake'> & { readonly secretKey: Uint8Array },
): ShopperApp {
  const secrets = createShopperSecrets(options.secretKey)
  const codeBrake = options.mode === 'live' && options.cells ? createCodeBrake(options.cells.directory) : undefined
  const parts: ShopperParts = { ...options, secrets, codeBrake }
  const { pool, clock } = parts
  return {
    channels: parts.channels,
    newVisitor: secrets.make,
    formToken: (visitor) => secrets.hash('form', visitor).toString('base64url'),
    requestCode: (request) => requestCode(parts, request),
    verifyCode: (request) => verifyCode(parts, request),
    pendingCode: async (visitor) => {
      const found = await outageAsUnavailable(findSignIn(pool, secrets.hash('visitor', visitor), clock.now()))
      if (!found || found.tries >= codeLimits.tries) return undefined
      return { contact: found.contact, resendAt: plus(found.createdAt, codeLimits.resendAfter) }
    },
    dropCode: (visitor) => outageAsUnavailable(dropSignIns(pool, secrets.hash('visitor', visitor), clock.now())),
    session: (cookie) => readSession(parts, cookie),
    sessions: (id) => outageAsUnavailable(listSessions(pool, id, clock.now())),
    endSessions: (id, sessionId) => endSessions(parts, id, sessionId),
    signOut: (session) => signOut(parts, session),
    saveProfile: (shopper, profile, other) =>
      everywhere(parts, shopper.id, (each, id) => updateProfile(each, profileChange(id, profile, other))),
    saveLanguage: (id, language) => everywhere(parts, id, (each, own) => updateLanguage(each, own, language)),
    erase: (id) => eraseShopper(parts, id),
    cards: async (id) => {
      await bringCards(parts, id)
      return await outageAsUnavailable(listCards(pool, id))
    },
    storedCard: async (id, cardId) => storedCardOf(await outageAsUnavailable(findCard(pool, id, cardId))),
    makeDefaultCard: (id, cardId) =>
      outageAsUnavailable(inTransaction(pool, (client) => makeDefaultCard(client, id, cardId))),
    removeCard: async (id, cardId) => {
      await outageAsUnavailable(removeCard(pool, id, cardId, clock.now()))
    },
    orders: (id, limit) => outageAsUnavailable(listShopperOrders(pool, id, limit)),
    openOrders: (id) => outageAsUnavailable(listOpenOrders(pool, id)),
    refusal: (shopper, order, card) => checkEligibility(parts, shopper, order, card),
    feedback: (merchantId, paymentId) => outageAsUnavailable(findFeedback(pool, merchantId, paymentId)),
    chosenProduct: (merchantId, paymentId) => outageAsUnavailable(findChosenProduct(pool, merchantId, paymentId)),
    chooseProduct: (merchantId, paymentId, product) =>
      outageAsUnavailable(keepChosenProduct(pool, { merchantId, paymentId, product, at: clock.now() })),
    orderShopper: (merchantId, paymentId) => outageAsUnavailable(findOrderShopper(pool, merchantId, paymentId)),
  }
}

function storedCardOf(row: KeptCardRow | undefined): StoredCard | undefined {
  if (!row) return undefined
  const { brand, last4, expiryMonth, expiryYear, acquirer, token } = row
  return { brand, last4, expiryMonth, expiryYear, acquirer, sealedToken: token.toString('base64') }
}

function profileChange(id: ShopperId, profile: Profile, other: Contact | null) {
  return {
    ...profile,
    id,
    email: other?.includes('@') ? other : null,
    phone: other && !other.includes('@') ? other : null,
  }
}
