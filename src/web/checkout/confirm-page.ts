import type { LateFeeTerms } from '../../domain/instalments/late-fee-terms.ts'
import type { SavedCard } from '../../domain/shopper/shopper.ts'
import { money } from '../../kernel/money.ts'
import { alert, problemAlert } from '../shared/components/alert.ts'
import { textField } from '../shared/components/field.ts'
import { rows } from '../shared/components/rows.ts'
import { formatDate, formatMoney } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import type { Panel } from '../shared/sign-in/sign-in-forms.ts'
import { ownFormField } from '../shared/sign-in/visitor.ts'
import { type Field, type FieldProblems, fields } from './card-form.ts'
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
  readonly problems: FieldProblems
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
  const wrong = fields.flatMap((field) =>
    form.problems[field] ? [[field, words.problems[form.problems[field]]] as const] : [],
  )
  const trouble =
    problemAlert(words.problemsTitle, wrong) ??
    (form.refusal ? alert(words.refused.title, html`<p>${form.refusal}</p>`) : declineAlert(visit))
  const content = html`<h2 id="step">${words.confirmTitle}</h2>
${trouble}
<form method="post" action="${`${home}/pay`}" novalidate>
${ownFormField(visitor)}
<input type="hidden" name="total" value="${order.payment.total}">${order.choices.length > 0 && html`<input type="hidden" name="product" value="${order.payment.product}">`}
${form.cards.length > 0 ? cardChoice(form, words) : newCard(form.problems, words)}
<p class="small">${termsText(visit)} ${words.cardIsKept}</p>
${form.lateFees && html`<p class="small">${lateFeesText(visit, form.lateFees)}</p>`}
<button type="submit">${payText(visit)}</button>
</form>
<p class="small">${words.privacy}</p>
${signedInLine(visit)}
${setting.isSandbox && testCards(words)}`
  return { title: words.confirmTitle, content, hasTrouble: trouble !== undefined }
}

/** A group of radio buttons; the fields of a new card follow the one that they belong to. */
function cardChoice({ cards, chosen, problems }: ConfirmForm, words: Words): Html {
  const saved = cards.map(({ id, brand, last4, expiryMonth, expiryYear }) => {
    const expiry = `${String(expiryMonth).padStart(2, '0')}/${String(expiryYear).slice(-2)}`
    return html`<label class="choice"><input type="radio" name="card" value="${id}"${id === chosen && html` checked`}>
<span>${words.savedCard(brandNames[brand], last4)} <span class="hint">${expiry}</span></span></label>`
  })
  return html`<fieldset class="choices"><legend>${words.payWith}</legend>
${saved}
<label class="choice"><input type="radio" name="card" value="new"${chosen === 'new' && html` checked`}><span>${words.anotherCard}</span></label>
<div class="new-card">${newCard(problems, words)}</div>
</fieldset>`
}

const brandNames = { visa: 'Visa', mastercard: 'Mastercard', other: 'Card' } as const

/** What browsers and phones need to fill a field in, its width in digits, and what the script does for it. */
const inputs = {
  number: { autocomplete: 'cc-number', maxlength: 23, script: html`data-card-number="brand"` },
  expiry: { autocomplete: 'cc-exp', maxlength: 9, isHalf: true, script: html`data-card-expiry` },
  code: { autocomplete: 'cc-csc', maxlength: 4, isHalf: true },
} as const

function newCard(problems: FieldProblems, words: Words): Html {
  return html`<div class="card-fields">
${fields.map((field) => cardField(field, problems, words))}
</div>`
}

function cardField(field: Field, problems: FieldProblems, words: Words): Html {
  const problem = problems[field] && words.problems[problems[field]]
  const hint = field === 'number' ? undefined : words.hints[field]
  const input = textField({
    name: field,
    label: words.labels[field],
    hint,
    problem,
    inputmode: 'numeric',
    ...inputs[field],
  })
  return field === 'number' ? html`${input}<span class="card-brand small" id="brand" aria-live="polite"></span>` : input
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

function declineAlert({ order: { payment }, setting: { words } }: Visit): Html | undefined {
  if (payment.failure === null) return undefined
  return alert(words.declinedTitle, html`<p>${words.declined[payment.failure]}</p>`)
}

/** The first approved and the first declined test card; the README lists all of them. */
function testCards({ testCards: { title, approved, declined, rest } }: Words): Html {
  return html`<aside class="aside" aria-labelledby="test-cards">
<h2 id="test-cards">${title}</h2>
${rows([
  { name: approved, value: '4242 4242 4242 4242' },
  { name: declined, value: '4000 0000 0000 0002' },
  { name: '3-D Secure', value: '4000 0000 0000 3220' },
])}
<p>${rest}</p>
</aside>`
}
