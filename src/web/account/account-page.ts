import type { ShownInstalment } from '../../app/instalments/read-plan.ts'
import type { ShopperApp } from '../../app/shopper/shopper-app.ts'
import type { InstalmentStatus } from '../../domain/instalments/collected.ts'
import type { SavedCard, Shopper } from '../../domain/shopper/shopper.ts'
import { money } from '../../kernel/money.ts'
import { rows } from '../shared/components/rows.ts'
import { timeline } from '../shared/components/timeline.ts'
import { formatDate, formatMoney, formatTime } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import type { Setting } from '../shared/setting.ts'
import { ownFormField, type Visitor } from '../shared/sign-in/visitor.ts'
import { signInWords } from '../shared/sign-in/words/index.ts'
import { isInUse, type Purchase } from './purchases.ts'
import { type AccountWords, accountWords } from './words/index.ts'

type Sessions = Awaited<ReturnType<ShopperApp['sessions']>>

export type Account = {
  readonly setting: Setting
  readonly visitor: Visitor
  readonly home: string
  readonly shopper: Shopper
  readonly sessionId: string
  readonly purchases: readonly Purchase[]
  readonly cards: readonly SavedCard[]
  readonly sessions: Sessions
  /** what came of the last form */
  readonly said?: string | undefined
}

/** Everything that a shopper has here, on one page. */
export function accountContent(account: Account): Html {
  const { setting, visitor, home, shopper, said } = account
  const words = accountWords[setting.language]
  return html`<div class="narrow">
<h1>${words.title}</h1>
${said && html`<p class="panel" role="status">${said}</p>`}
<h2>${words.plans.title}</h2>
${account.purchases.length === 0 ? html`<p>${words.plans.none}</p>` : html`<ul class="list">${account.purchases.map((each) => purchaseItem(account, each, words))}</ul>`}
<h2>${words.cards.title}</h2>
${account.cards.length === 0 ? html`<p>${words.cards.none}</p>` : html`<ul class="list">${account.cards.map((card) => cardItem(account, card, words))}</ul>`}
<h2>${words.sessions.title}</h2>
<ul class="list">${account.sessions.map((session) => sessionItem(account, session, words))}</ul>
<h2>${words.data.title}</h2>
<p>${shopper.profile && html`${shopper.profile.givenNames} ${shopper.profile.surname}<br>`}${shopper.email ?? ''} ${shopper.phone ?? ''}</p>
<p class="actions"><a class="text" href="${`${home}/data`}" download="account.json">${words.data.download}</a></p>
<form method="post" action="${`${home}/sign-out`}">${ownFormField(visitor)}<button class="second" type="submit">${signInWords[setting.language].signOut}</button></form>
</div>`
}

function purchaseItem({ setting, visitor, home }: Account, { shop, plan }: Purchase, words: AccountWords): Html {
  const { locale } = setting
  const amount = (minor: bigint): string => formatMoney(money(plan.currency, minor), locale)
  const open = plan.instalments.filter(({ unpaid }) => unpaid > 0n)
  const steps = plan.instalments.map(({ dueAt, amount: minor, status }) => ({
    when: html`<time datetime="${dueAt}">${formatDate(dueAt, locale)}</time>`,
    amount: amount(minor),
    kind: status === 'cancelled' ? ('off' as const) : status === 'overdue' ? ('now' as const) : undefined,
    mark: badgeOf(status, words),
  }))
  const pay = (
    instalment: string,
    text: string,
  ): Html => html`<form class="inline-form" method="post" action="${`${home}/pay`}">
${ownFormField(visitor)}<input type="hidden" name="order" value="${plan.paymentId}"><input type="hidden" name="instalment" value="${instalment}">
<button class="second" type="submit">${text}</button></form>`
  const [first] = open
  return html`<li class="panel"><h3><bdi>${shop}</bdi> <span class="small">${plan.paymentId}</span></h3>
${plan.owed > 0n && rows([{ name: words.plans.owed, value: amount(plan.owed), isTotal: true }])}
${timeline(steps)}
${first && html`<div class="actions">${pay(String(first.number), `${words.payNow} ${amount(first.unpaid)}`)}${open.length > 1 && pay('all', `${words.payAll} ${amount(sumOf(open))}`)}</div>`}</li>`
}

function sumOf(list: readonly ShownInstalment[]): bigint {
  return list.reduce((sum, { unpaid }) => sum + unpaid, 0n)
}

const badges: Readonly<Record<InstalmentStatus, string>> = {
  scheduled: 'badge badge-quiet',
  paid: 'badge',
  overdue: 'badge badge-warn',
  cancelled: 'badge badge-quiet',
}

function badgeOf(status: InstalmentStatus, { statuses }: AccountWords): Html {
  return html`<span class="${badges[status]}">${statuses[status]}</span>`
}

const brandNames = { visa: 'Visa', mastercard: 'Mastercard', other: 'Card' } as const

function cardItem({ visitor, home, purchases }: Account, card: SavedCard, words: AccountWords): Html {
  const form = (
    path: string,
    text: string,
  ): Html => html`<form class="inline-form" method="post" action="${`${home}/${path}`}">
${ownFormField(visitor)}<input type="hidden" name="card" value="${card.id}"><button class="text" type="submit">${text}</button></form>`
  const expiry = `${String(card.expiryMonth).padStart(2, '0')}/${String(card.expiryYear).slice(-2)}`
  const used = isInUse(card, purchases)
  return html`<li class="panel"><h3>${brandNames[card.brand]} •••• ${card.last4} <span class="small">${expiry}</span></h3>
${used && html`<p class="small">${words.cards.inUse}</p>`}
<div class="actions">${card.isDefault ? html`<span class="badge">${words.cards.isDefault}</span>` : form('default-card', words.cards.makeDefault)}${!used && form('remove-card', words.cards.remove)}</div></li>`
}

function sessionItem(
  { setting, visitor, home, sessionId }: Account,
  session: Sessions[number],
  words: AccountWords,
): Html {
  const end = html`<form class="inline-form" method="post" action="${`${home}/end-session`}">${ownFormField(visitor)}<input type="hidden" name="session" value="${session.id}"><button class="text" type="submit">${words.sessions.end}</button></form>`
  return html`<li class="panel"><p class="clamp"><bdi>${session.device || '–'}</bdi></p><p class="small">${formatTime(session.lastSeenAt, setting.locale)}</p>
<div class="actions">${session.id === sessionId ? html`<span class="badge">${words.sessions.here}</span>` : end}</div></li>`
}
