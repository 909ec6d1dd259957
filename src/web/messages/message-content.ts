import type { CardText, InstalmentText, MoneyText } from '../../domain/message/message.ts'
import type { OpenFacts } from '../../domain/message/rendered-message.ts'
import { unreachable } from '../../kernel/assert.ts'
import { currencyOf } from '../../kernel/currency.ts'
import { type Language, locales } from '../../kernel/language.ts'
import { money } from '../../kernel/money.ts'
import { formatDate, formatMoney } from '../shared/format.ts'
import { messageWords } from './words/index.ts'

/** What a message says, before it is made an e-mail or a text. */
export type MessageContent = {
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** shown large in an e-mail */
  readonly code?: string
  readonly rows?: { readonly title: string; readonly list: readonly (readonly [name: string, value: string])[] }
  readonly button?: { readonly text: string; readonly href: string }
}

/** `accountUrl` is where a reader finds their plans. */
export function messageContent(facts: OpenFacts, language: Language, accountUrl: string): MessageContent {
  const words = messageWords[language]
  const locale = locales[language]
  const amountOf = (amount: MoneyText): string => moneyText(amount, locale)
  const cardLine = (card: CardText | undefined): string[] => (card ? [words.card(card.brand, card.last4)] : [])
  const button = { text: words.account, href: accountUrl }
  switch (facts.kind) {
    case 'code': {
      const { subject, text, warning } = words.code
      return { subject: subject(facts.code), code: facts.code, paragraphs: [text(facts.code, facts.minutes), warning] }
    }
    case 'pay_link': {
      const { subject, text, button: open } = words.pay_link
      const { shop, amount, url } = facts
      return { subject: subject(shop), paragraphs: [text(shop, amount)], button: { text: open, href: url } }
    }
    case 'invitation': {
      const { subject, text, warning, button: open } = words.invitation
      const { shop, invitedBy, url, days } = facts
      const paragraphs = [text(invitedBy, shop, days), warning]
      return { subject: subject(shop), paragraphs, button: { text: open, href: url } }
    }
    case 'order_confirmed': {
      const { subject, text, plan } = words.order_confirmed
      const list = facts.plan.map((each) => instalmentRow(each, locale))
      const paragraphs = [text(facts.shop, amountOf(facts.total))]
      return {
        subject: subject(facts.shop),
        paragraphs,
        ...(list.length > 0 && { rows: { title: plan, list } }),
        button,
      }
    }
    case 'charged_soon': {
      const { subject, text } = words.charged_soon
      const line = text(amountOf(facts.amount), facts.shop, formatDate(facts.dueAt, locale))
      return { subject: subject(facts.shop), paragraphs: [line, ...cardLine(facts.card)], button }
    }
    case 'charged': {
      const amount = amountOf(facts.amount)
      const fee = facts.lateFee ? [words.charged.lateFee(amountOf(facts.lateFee))] : []
      const paragraphs = [words.charged.text(amount, facts.shop), ...fee, ...cardLine(facts.card)]
      return { subject: words.charged.subject(amount), paragraphs, button }
    }
    case 'charge_failed': {
      const { subject, text, next, lateFee, help } = words.charge_failed
      const again = facts.nextTryAt ? [next(formatDate(facts.nextTryAt, locale))] : []
      const fee = facts.lateFee ? [lateFee(amountOf(facts.lateFee.amount), formatDate(facts.lateFee.from, locale))] : []
      return { subject, paragraphs: [text(amountOf(facts.amount), facts.shop), ...again, ...fee, help], button }
    }
    case 'refunded':
      return { ...refundContent(facts, language), button }
    case 'cancelled': {
      const { subject, text } = words.cancelled
      return { subject: subject(facts.shop), paragraphs: [text(amountOf(facts.total), facts.shop)] }
    }
    case 'late_fee': {
      const { subject, text, help } = words.late_fee
      const line = text(amountOf(facts.amount), facts.shop, amountOf(facts.payable))
      return { subject, paragraphs: [line, help], button }
    }
    case 'late_fee_waived': {
      const { subject, text } = words.late_fee_waived
      return { subject, paragraphs: [text(amountOf(facts.amount), facts.shop)], button }
    }
    case 'overdue': {
      const { subject, text } = words.overdue
      return { subject, paragraphs: [text(amountOf(facts.amount), facts.shop)], button }
    }
    default:
      return unreachable(facts)
  }
}

function refundContent(facts: Extract<OpenFacts, { kind: 'refunded' }>, language: Language): MessageContent {
  const { subject, text, toCard, offPlan } = messageWords[language].refunded
  const { shop, amount } = facts
  const back = BigInt(facts.toCard.minor)
  const off = BigInt(amount.minor) - back
  const textOf = (minor: bigint): string => moneyText({ ...amount, minor: String(minor) }, locales[language])
  return {
    subject: subject(shop),
    paragraphs: [
      text(textOf(BigInt(amount.minor)), shop),
      ...(off > 0n ? [offPlan(textOf(off))] : []),
      ...(back > 0n ? [toCard(textOf(back))] : []),
    ],
  }
}

function instalmentRow({ dueAt, amount }: InstalmentText, locale: string): readonly [string, string] {
  return [formatDate(dueAt, locale), moneyText(amount, locale)]
}

function moneyText({ currency, minor }: MoneyText, locale: string): string {
  const known = currencyOf(currency)
  return known ? formatMoney(money(known, BigInt(minor)), locale) : `${currency} ${minor}`
}
