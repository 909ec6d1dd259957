import { type FailureReason, failureReasons } from '../../domain/payment/failure.ts'
import { money } from '../../kernel/money.ts'
import { type Html, html } from '../shared/html.ts'
import { type Field, type FieldProblems, fields } from './card-form.ts'
import { formatMoney } from './format.ts'
import { layout, type Setting } from './layout.ts'
import type { Order } from './order.ts'
import { isDueNow, orderSummary } from './order-summary.ts'
import type { Words } from './words/index.ts'

/**
 * The page that asks for a card. Says what was wrong with the form that was just sent, otherwise that the card before
 * was declined. Nothing that was typed is ever printed again.
 */
export function formPage(setting: Setting, order: Order, problems: FieldProblems = {}): string {
  const { words, base } = setting
  const trouble = problemSummary(problems, words) ?? declineSummary(order, words)
  const action = `${base}/${order.payment.id}`
  const title = `${words.formTitle} – ${order.merchant.name}`
  const main = html`<div class="columns">
${orderSummary(order, words)}
<section class="panel" aria-labelledby="pay">
<h2 id="pay">${words.formTitle}</h2>
${trouble}
<form method="post" action="${action}" novalidate>
${fields.map((field) => fieldRow(field, problems, words))}
<button type="submit">${payText(order, words)}</button>
</form>
${order.urls && html`<p class="leave"><a href="${action}/cancel">${words.cancel}</a></p>`}
<p class="small">${words.privacy}</p>
${setting.isSandbox && testCards(words)}
</section>
</div>`
  return layout(setting, trouble ? `${words.errorPrefix}: ${title}` : title, main)
}

/** The button says what it takes from the card today. */
function payText({ payment, plan: [first] }: Order, { locale, payToday, payLater }: Words): string {
  if (first && !isDueNow(payment, first.number)) return payLater
  return payToday(formatMoney(first?.amount ?? money(payment.currency, payment.total), locale))
}

/** `autofocus` on an element that takes focus: the keyboard starts at the trouble, and a screen reader says it. */
function alert(title: string, content: Html): Html {
  return html`<div class="alert" role="alert" tabindex="-1" autofocus aria-labelledby="trouble">
<h3 id="trouble">${title}</h3>
${content}
</div>`
}

function problemSummary(problems: FieldProblems, words: Words): Html | undefined {
  const wrong = fields.flatMap((field) => (problems[field] ? [{ field, text: words.problems[problems[field]] }] : []))
  if (wrong.length === 0) return undefined
  const links = wrong.map(({ field, text }) => html`<li><a href="#${field}">${text}</a></li>`)
  return alert(words.problemsTitle, html`<ul>${links}</ul>`)
}

function declineSummary({ payment }: Order, words: Words): Html | undefined {
  if (payment.failure === null) return undefined
  return alert(words.declinedTitle, html`<p>${words.declined[reasonOf(payment.failure)]}</p>`)
}

/** The reason comes from a text column; one that no longer exists is said in general words. */
function reasonOf(failure: string): FailureReason {
  return failureReasons.find((each) => each === failure) ?? 'processing_error'
}

/** What browsers and phones need to fill a field in, and its width in digits. */
const inputs = {
  number: { autocomplete: 'cc-number', maxlength: 23 },
  expiry: { autocomplete: 'cc-exp', maxlength: 9 },
  code: { autocomplete: 'cc-csc', maxlength: 4 },
} as const satisfies Record<Field, { autocomplete: string; maxlength: number }>

function fieldRow(field: Field, problems: FieldProblems, words: Words): Html {
  const { autocomplete, maxlength } = inputs[field]
  const problem = problems[field]
  const hint = field === 'number' ? undefined : words.hints[field]
  const described = [hint && `${field}-hint`, problem && `${field}-problem`].filter(Boolean).join(' ')
  return html`
<div class="field field-${field}">
<label for="${field}">${words.labels[field]}</label>
${hint && html`<span class="hint" id="${field}-hint">${hint}</span>`}
${problem && html`<span class="problem" id="${field}-problem">${words.problems[problem]}</span>`}
<input id="${field}" name="${field}" type="text" inputmode="numeric" autocomplete="${autocomplete}"
 maxlength="${maxlength}" spellcheck="false" required${described !== '' && html` aria-describedby="${described}"`}${problem && html` aria-invalid="true"`}>
</div>`
}

/** The first approved and the first declined test card; the README lists all of them. */
function testCards({ testCards: { title, approved, declined, rest } }: Words): Html {
  return html`<aside class="test-cards" aria-labelledby="test-cards">
<h3 id="test-cards">${title}</h3>
<dl>
<div><dt>${approved}</dt><dd>4242 4242 4242 4242</dd></div>
<div><dt>${declined}</dt><dd>4000 0000 0000 0002</dd></div>
</dl>
<p>${rest}</p>
</aside>`
}
