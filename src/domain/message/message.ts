import type { CalendarDate } from '../../kernel/calendar-date.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Language } from '../../kernel/language.ts'

/** An amount in a form that JSON keeps exactly: minor units as decimal text. */
export type MoneyText = { readonly currency: string; readonly minor: string }

export type CardText = { readonly brand: string; readonly last4: string }

export type InstalmentText = { readonly dueAt: CalendarDate; readonly amount: MoneyText }

/**
 * What a message tells, without a word of it: the text is made when it is sent, in the reader's language. Everything here is
 * kept as JSON. Names that merchants chose may be hostile; URLs are our own.
 */
export type MessageFacts =
  /** `sealedCode` is base64 of the sealed six digits: whoever reads the table cannot sign in */
  | { readonly kind: 'code'; readonly sealedCode: string; readonly minutes: number }
  /** a link to pay by; `amount` as the reader should see it, for it may not be a currency of ISO 4217 */
  | { readonly kind: 'pay_link'; readonly shop: string; readonly amount: string; readonly url: string }
  /** into the portal; `sealedUrl` is base64 of the sealed link: whoever reads the table cannot take it up */
  | {
      readonly kind: 'invitation'
      readonly shop: string
      readonly invitedBy: string
      readonly sealedUrl: string
      readonly days: number
    }
  | {
      readonly kind: 'order_confirmed'
      readonly shop: string
      readonly total: MoneyText
      readonly plan: readonly InstalmentText[]
    }
  | {
      readonly kind: 'charged_soon'
      readonly shop: string
      readonly amount: MoneyText
      readonly dueAt: CalendarDate
      readonly card?: CardText | undefined
    }
  | {
      readonly kind: 'charged'
      readonly shop: string
      readonly amount: MoneyText
      /** what of it was for being late */
      readonly lateFee?: MoneyText | undefined
      readonly card?: CardText | undefined
    }
  /** `nextTryAt` absent: nobody tries again by itself. `lateFee` is what comes on a day when nothing is paid before */
  | {
      readonly kind: 'charge_failed'
      readonly shop: string
      readonly amount: MoneyText
      readonly nextTryAt?: CalendarDate | undefined
      readonly lateFee?: { readonly amount: MoneyText; readonly from: CalendarDate } | undefined
    }
  /** `payable` is what there is to pay of the instalment now, all of its fees included */
  | { readonly kind: 'late_fee'; readonly shop: string; readonly amount: MoneyText; readonly payable: MoneyText }
  | { readonly kind: 'late_fee_waived'; readonly shop: string; readonly amount: MoneyText }
  /** `toCard` is what goes back to the card; the rest was taken off the payments still to come */
  | { readonly kind: 'refunded'; readonly shop: string; readonly amount: MoneyText; readonly toCard: MoneyText }
  | { readonly kind: 'cancelled'; readonly shop: string; readonly total: MoneyText }
  | { readonly kind: 'overdue'; readonly shop: string; readonly amount: MoneyText }

export type MessageKind = MessageFacts['kind']

export type MessageChannel = 'email' | 'sms'

/**
 * Whose message it is, first part of its key: `shopper:<id>`, `merchant:<id>`, or `contact:<hash>` for somebody who has no
 * account yet. The tables can be distributed by it.
 */
export type MessageOwner = `${'shopper' | 'merchant' | 'contact'}:${string}`

/** A message on its way into the outbox. */
export type NewMessage = {
  readonly owner: MessageOwner
  /** what it tells of, `payment:ABCD12345678:3`: one message for one cause and channel, however often it is written */
  readonly cause: string
  /** the merchant whose order it is about; null for what is about none */
  readonly merchantId: number | null
  readonly channel: MessageChannel
  /** an e-mail address, or a phone number in the form of E.164 */
  readonly recipient: string
  readonly language: Language
  readonly facts: MessageFacts
  readonly createdAt: Instant
  /** not worth sending any more after this */
  readonly usefulUntil: Instant | null
}

/**
 * `sending` is written before the call that sends. What a crash or a silent peer leaves there becomes `unknown` and is not sent
 * again: nobody is told twice (docs/decisions/0035-messages.md).
 */
export type MessageState = 'pending' | 'sending' | 'sent' | 'failed' | 'unknown'
