import { type FailureReason, failureReasons } from '../../domain/payment/failure.ts'
import { money } from '../../kernel/money.ts'
import { alert, problemAlert } from '../shared/components/alert.ts'
import { textField } from '../shared/components/field.ts'
import { rows } from '../shared/components/rows.ts'
import { formatMoney } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import { type Field, type FieldProblems, fields } from './card-form.ts'
import type { Order } from './order.ts'
import { isDueNow, orderSummary } from './order-summary.ts'
import type { Setting } from './setting.ts'
import type { Words } from './words/index.ts'

/**
 * The page that asks for a card. Says what was wrong with the form that was just sent, otherwise that the card before
 * was declined. Nothing that was typed is ever printed again.
 */
export function formPage(setting: Setting, order: Order, problems: FieldProblems = {}): string {
  const { words, base, common } = setting
  const wrong = fields.flatMap((field) => (problems[field] ? [[field, words.problems[problems[field]]] as const] : []))
  const trouble = problemAlert(words.problemsTitle, wrong) ?? declineAlert(order, words)
  const action = `${base}/${order.payment.id}`
  const title = `${words.formTitle} – ${order.merchant.name}`
  const main = html`<div class="columns">
${orderSummary(order, setting)}
<section class="panel" aria-labelledby="pay">
<h2 id="pay">${words.formTitle}</h2>
${trouble}
<form method="post" action="${action}" novalidate>
${fields.map((field) => cardField(field, problems, words))}
<button type="submit">${payText(order, setting)}</button>
</form>
${order.urls && html`<p class="actions"><a class="text" href="${action}/cancel">${words.cancel}</a></p>`}
<p class="small">${words.privacy}</p>
${setting.isSandbox && testCards(words)}
</section>
</div>`
  return layout(setting, { title: trouble ? `${common.errorPrefix}: ${title}` : title, main })
}

/** The button says what it takes from the card today. */
function payText({ payment, plan: [first] }: Order, { locale, words }: Setting): string {
  if (first && !isDueNow(payment, first.number)) return words.payLater
  return words.payToday(formatMoney(first?.amount ?? money(payment.currency, payment.total), locale))
}

function declineAlert({ payment }: Order, words: Words): Html | undefined {
  if (payment.failure === null) return undefined
  return alert(words.declinedTitle, html`<p>${words.declined[reasonOf(payment.failure)]}</p>`)
}

/** The reason comes from a text column; one that no longer exists is said in general words. */
function reasonOf(failure: string): FailureReason {
  return failureReasons.find((each) => each === failure) ?? 'processing_error'
}

/** What browsers and phones need to fill a field in, its width in digits, and what the script does for it. */
const inputs = {
  number: { autocomplete: 'cc-number', maxlength: 23, script: html`data-card-number="brand"` },
  expiry: { autocomplete: 'cc-exp', maxlength: 9, isHalf: true, script: html`data-card-expiry` },
  code: { autocomplete: 'cc-csc', maxlength: 4, isHalf: true },
} as const

function cardField(field: Field, problems: FieldProblems, words: Words): Html {
  const problem = problems[field] && words.problems[problems[field]]
  const hint = field === 'number' ? undefined : words.hints[field]
  return textField({ name: field, label: words.labels[field], hint, problem, inputmode: 'numeric', ...inputs[field] })
}

/** The first of each kind of the sandbox's cards; the whole list is in the README. */
function testCards({ testCards: { title, approved, declined, rest } }: Words): Html {
  return html`<aside class="aside" aria-labelledby="test-cards">
<h2 id="test-cards">${title}</h2>
${rows([
  { name: approved, value: '4242 4242 4242 4242' },
  { name: declined, value: '4000 0000 0000 0002' },
])}
<p>${rest}</p>
</aside>`
}
