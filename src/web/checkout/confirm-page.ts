import type { LateFeeTerms } from '../../domain/instalments/late-fee-terms.ts'
import type { SavedCard } from '../../domain/shopper/shopper.ts'
import { money } from '../../kernel/money.ts'
import { brandNames, cardInputs, testCards, wrongInputs } from '../shared/card/card-fields.ts'
import type { CardProblems } from '../shared/card/card-form.ts'
import { type CardWords, cardWords } from '../shared/card/words/index.ts'
import { alert, problemAlert } from '../shared/components/alert.ts'
import { formatDate, formatMoney } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import type { Panel } from '../shared/sign-in/sign-in-forms.ts'
import { ownFormField } from '../shared/sign-in/visitor.ts'
import { isDueNow } from './due-now.ts'
import { signedInLine } from './frame.ts'
import type { Visit } from './visit.ts'
import type { Words } from './words/index.ts'

export type ConfirmForm = {
  readonly cards: readonly SavedCard[]
  /** id of the saved card to begin with; `new` for another one */
  readonly chosen: string
  /** what being late costs whoever confirms; null: nothing */
  readonly lateFees: LateFeeTerms | null
  readonly problems: CardProblems
  /** why the shopper may not pay with the card that was chosen */
  readonly refusal?: string | undefined
}

/**
 * Choice of card and confirmation in one: the amounts, the days and the card stand beside the button that says what it takes.
 * Nothing that was typed is ever printed again. The amount and the product that the shopper saw come back with the form.
 */
export function confirmPanel(visit: Visit, form: ConfirmForm): Panel {
  const { setting, visitor, home, order } = visit
  const { words } = setting
  const ofCard = cardWords[setting.language]
  const trouble =
    problemAlert(ofCard.problemsTitle, wrongInputs(form.problems, ofCard)) ??
    (form.refusal ? alert(words.refused.title, html`<p>${form.refusal}</p>`) : declineAlert(visit))
  const content = html`<h2 id="step">${words.confirmTitle}</h2>
${trouble}
<form method="post" action="${`${home}/pay`}" novalidate>
${ownFormField(visitor)}
<input type="hidden" name="total" value="${order.payment.total}">${order.choices.length > 0 && html`<input type="hidden" name="product" value="${order.payment.product}">`}
${form.cards.length > 0 ? cardChoice(form, words, ofCard) : cardInputs(form.problems, ofCard)}
<p class="small">${termsText(visit)} ${words.cardIsKept}</p>
${form.lateFees && html`<p class="small">${lateFeesText(visit, form.lateFees)}</p>`}
<button type="submit">${payText(visit)}</button>
</form>
<p class="small">${words.privacy}</p>
${signedInLine(visit)}
${setting.isSandbox && testCards(ofCard)}`
  return { title: words.confirmTitle, content, hasTrouble: trouble !== undefined }
}

/** A group of radio buttons; the fields of a new card follow the one that they belong to. */
function cardChoice({ cards, chosen, problems }: ConfirmForm, words: Words, ofCard: CardWords): Html {
  const saved = cards.map(({ id, brand, last4, expiryMonth, expiryYear }) => {
    const expiry = `${String(expiryMonth).padStart(2, '0')}/${String(expiryYear).slice(-2)}`
    return html`<label class="choice"><input type="radio" name="card" value="${id}"${id === chosen && html` checked`}>
<span>${words.savedCard(brandNames[brand], last4)} <span class="hint">${expiry}</span></span></label>`
  })
  return html`<fieldset class="choices"><legend>${words.payWith}</legend>
${saved}
<label class="choice"><input type="radio" name="card" value="new"${chosen === 'new' && html` checked`}><span>${words.anotherCard}</span></label>
<div class="new-card">${cardInputs(problems, ofCard)}</div>
</fieldset>`
}

/** The button says what it takes from the card today. */
function payText({ order: { payment, plan }, setting: { words, locale } }: Visit): string {
  const [first] = plan
  if (first && !isDueNow(payment, first.number)) return words.payLater
  return words.payToday(formatMoney(first?.amount ?? money(payment.currency, payment.total), locale))
}

function termsText({ order: { payment, plan }, setting: { words, locale } }: Visit): string {
  const [first] = plan
  if (first && !isDueNow(payment, first.number)) return words.terms.later(formatDate(first.dueAt, locale))
  return words.terms.instalments
}

/** Said before anybody agrees to it, with every amount. */
function lateFeesText(
  { order: { payment }, setting: { words, locale } }: Visit,
  { stages, mostPerInstalment, mostOfOrderPpm }: LateFeeTerms,
): string {
  const amount = (minor: bigint): string => formatMoney(money(payment.currency, minor), locale)
  const list = stages.map((stage) => words.lateFeeStage(amount(stage.amount), stage.afterDays))
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 })
  return words.lateFees(
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(list),
    amount(mostPerInstalment),
    share.format(mostOfOrderPpm / 1_000_000),
  )
}

function declineAlert({ order: { payment }, setting: { language } }: Visit): Html | undefined {
  if (payment.failure === null) return undefined
  const { declinedTitle, declined } = cardWords[language]
  return alert(declinedTitle, html`<p>${declined[payment.failure]}</p>`)
}
