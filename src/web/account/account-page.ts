import type { SavedCard, Shopper } from '../../domain/shopper/shopper.ts'
import { languages, locales } from '../../kernel/language.ts'
import { money } from '../../kernel/money.ts'
import { brandNames } from '../shared/card/card-fields.ts'
import { rows } from '../shared/components/rows.ts'
import { deviceName } from '../shared/device-name.ts'
import { formatMoney, formatTime } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import { languageNames } from '../shared/language.ts'
import type { Setting } from '../shared/setting.ts'
import { ownFormField, type Visitor } from '../shared/sign-in/visitor.ts'
import { signInWords } from '../shared/sign-in/words/index.ts'
import { instalmentList } from './instalment-list.ts'
import { addCardAddress, isInUse, mayAddCard, type Purchase, sumOf, unfinished } from './purchases.ts'
import type { Sessions } from './sessions.ts'
import { type AccountWords, accountWords } from './words/index.ts'

export type Account = {
  readonly setting: Setting
  readonly visitor: Visitor
  readonly home: string
  readonly shopper: Shopper
  readonly sessionId: string
  readonly purchases: readonly Purchase[]
  readonly cards: readonly SavedCard[]
  readonly sessions: Sessions
  /** false: purchases may be missing, since where they are did not answer */
  readonly isWhole: boolean
  /** what came of the last form */
  readonly said?: string | undefined
}

/** Everything that a shopper has here, on one page. */
export function accountContent(account: Account): Html {
  const { setting, visitor, home, shopper, said } = account
  const words = accountWords[setting.language]
  return html`<div class="narrow account">
<h1>${words.title}</h1>
${said && html`<p class="panel" role="status">${said}</p>`}
<h2>${words.plans.title}</h2>
${!account.isWhole && html`<p class="small" role="status">${words.plans.incomplete}</p>`}
${account.purchases.length === 0 ? html`<p>${words.plans.none}</p>` : html`<ul class="list">${account.purchases.map((each) => purchaseItem(account, each, words))}</ul>`}
<h2>${words.cards.title}</h2>
${account.cards.length === 0 ? html`<p>${words.cards.none}</p>` : html`<ul class="list">${account.cards.map((card) => cardItem(account, card, words))}</ul>`}
${mayAddCard(account.cards, account.purchases) && html`<p class="actions"><a class="text" href="${addCardAddress(account, unfinished(account.purchases)[0])}">${words.cards.add}</a></p>`}
<h2>${words.sessions.title}</h2>
<ul class="list">${account.sessions.map((session) => sessionItem(account, session, words))}</ul>
${account.sessions.length > 1 && html`<form method="post" action="${`${home}/end-sessions`}">${ownFormField(visitor)}<p class="actions"><button class="text" type="submit">${words.sessions.endAll}</button></p></form>`}
<h2>${words.data.title}</h2>
${personLines(shopper)}
${languageForm(account, words)}
<p class="actions"><a class="text" href="${`${home}/data`}" download="account.json">${words.data.download}</a>
<a class="text" href="${`${home}/erase`}">${words.data.erase}</a></p>
<form method="post" action="${`${home}/sign-out`}">${ownFormField(visitor)}<button class="second" type="submit">${signInWords[setting.language].signOut}</button></form>
</div>`
}

function purchaseItem(
  { setting, visitor, home }: Account,
  { shop, reference, plan }: Purchase,
  words: AccountWords,
): Html {
  const amount = (minor: bigint): string => formatMoney(money(plan.currency, minor), setting.locale)
  const open = plan.instalments.filter(({ unpaid }) => unpaid > 0n)
  const pay = (
    instalment: string,
    text: string,
    due: bigint,
  ): Html => html`<form class="inline-form" method="post" action="${`${home}/pay?order=${plan.paymentId}`}">
${ownFormField(visitor)}<input type="hidden" name="order" value="${plan.paymentId}"><input type="hidden" name="instalment" value="${instalment}">
<input type="hidden" name="amount" value="${String(due)}"><button class="second" type="submit">${text} ${amount(due)}</button></form>`
  const [first] = open
  return html`<li class="panel"><h3><bdi>${shop}</bdi> <bdi class="small">${reference}</bdi></h3>
${plan.owed > 0n && rows([{ name: words.plans.owed, value: amount(plan.owed), isTotal: true }])}
${instalmentList(setting, plan)}
${
  first &&
  html`<div class="actions">${pay(String(first.number), words.payNow, first.unpaid)}${open.length > 1 && pay('all', words.payAll, sumOf(open))}</div>${
    open.length > 1 &&
    html`
<p class="small">${words.payAllHint(open.length)}</p>`
  }`
}
<p class="actions"><a class="text" href="${`${home}/orders/${plan.paymentId}`}">${words.receipt.title}</a></p></li>`
}

function cardItem({ visitor, home, purchases }: Account, card: SavedCard, words: AccountWords): Html {
  const form = (
    path: string,
    text: string,
  ): Html => html`<form class="inline-form" method="post" action="${`${home}/${path}`}">
${ownFormField(visitor)}<input type="hidden" name="card" value="${card.id}"><button class="text" type="submit">${text}</button></form>`
  const expiry = `${String(card.expiryMonth).padStart(2, '0')}/${String(card.expiryYear).slice(-2)}`
  const used = isInUse(card, purchases)
  const actions = [
    ...(card.isDefault ? [] : [form('default-card', words.cards.makeDefault)]),
    ...(used ? [] : [form('remove-card', words.cards.remove)]),
  ]
  return html`<li class="panel"><h3>${brandNames[card.brand]} •••• ${card.last4} <span class="small">${expiry}</span>${card.isDefault && html` <span class="badge">${words.cards.isDefault}</span>`}</h3>
${used && html`<p class="small">${words.cards.inUse}</p>`}
${actions.length > 0 && html`<div class="actions">${actions}</div>`}</li>`
}

function sessionItem(
  { setting, visitor, home, sessionId }: Account,
  session: Sessions[number],
  words: AccountWords,
): Html {
  const end = html`<form class="inline-form" method="post" action="${`${home}/end-session`}">${ownFormField(visitor)}<input type="hidden" name="session" value="${session.id}"><button class="text" type="submit">${words.sessions.end}</button></form>`
  const isHere = session.id === sessionId
  return html`<li class="panel"><h3><bdi class="clamp">${deviceName(session.device)}</bdi>${isHere && html` <span class="badge">${words.sessions.here}</span>`}</h3>
<p class="small">${formatTime(session.lastSeenAt, setting.locale)}</p>
${!isHere && html`<div class="actions">${end}</div>`}</li>`
}

/** What is known of a person, a line each. */
function personLines({ profile, email, phone }: Shopper): Html {
  const lines = [profile && `${profile.givenNames} ${profile.surname}`, email, phone].filter((each) => each)
  return html`<ul class="lines">${lines.map((line) => html`<li>${line ?? ''}</li>`)}</ul>`
}

/** What messages are written in: the pages have a switch of their own. */
function languageForm({ visitor, home, shopper }: Account, { data }: AccountWords): Html {
  const options = languages.map(
    (each) =>
      html`<option value="${each}" lang="${locales[each]}"${each === shopper.language && html` selected`}>${languageNames[each]}</option>`,
  )
  return html`<form method="post" action="${`${home}/language`}">${ownFormField(visitor)}
<div class="field half"><label for="language">${data.language}</label><select id="language" name="language" autocomplete="language">${options}</select></div>
<button class="second half" type="submit">${data.save}</button></form>`
}
