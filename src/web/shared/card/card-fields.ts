import { textField } from '../components/field.ts'
import { rows } from '../components/rows.ts'
import { type Html, html } from '../html.ts'
import { type CardField, type CardProblems, cardFields } from './card-form.ts'
import type { CardWords } from './words/index.ts'

export const brandNames = { visa: 'Visa', mastercard: 'Mastercard', other: 'Card' } as const

/** What browsers and phones need to fill a field in, its width in digits, and what the script does for it. */
const inputs = {
  number: { autocomplete: 'cc-number', maxlength: 23, script: html`data-card-number="brand"` },
  expiry: { autocomplete: 'cc-exp', maxlength: 9, isHalf: true, script: html`data-card-expiry` },
  code: { autocomplete: 'cc-csc', maxlength: 4, isHalf: true },
} as const

/** The fields of a card that is typed in. Nothing that was typed is ever printed again. */
export function cardInputs(problems: CardProblems, words: CardWords): Html {
  return html`<div class="card-fields">
${cardFields.map((field) => cardInput(field, problems, words))}
</div>`
}

function cardInput(field: CardField, problems: CardProblems, words: CardWords): Html {
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

/** Each field that has a problem with what is wrong with it, for the alert before the form. */
export function wrongInputs(problems: CardProblems, words: CardWords): (readonly [field: CardField, text: string])[] {
  return cardFields.flatMap((field) => (problems[field] ? [[field, words.problems[problems[field]]] as const] : []))
}

/** The first approved and the first declined test card; the README lists all of them. */
export function testCards({ testCards: { title, approved, declined, rest } }: CardWords): Html {
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
