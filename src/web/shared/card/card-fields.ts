import { textField } from '../components/field.ts'
import { rows } from '../components/rows.ts'
import { type Html, html } from '../html.ts'
import { type CardField, type CardProblem, type CardProblems, cardFields } from './card-form.ts'
import type { CardWords } from './words/index.ts'

export const brandNames = { visa: 'Visa', mastercard: 'Mastercard', other: 'Card' } as const

/** What browsers and phones need to fill a field in, its width in digits, and what the script does for it. */
const inputs = {
  number: { autocomplete: 'cc-number', maxlength: 23, script: html`data-card-number="brand"` },
  expiry: { autocomplete: 'cc-exp', maxlength: 9, isHalf: true, script: html`data-card-expiry` },
  code: { autocomplete: 'cc-csc', maxlength: 4, isHalf: true, script: undefined },
} as const

/** The fields of a card that is typed in. Nothing that was typed is ever printed again: what a mistake elsewhere emptied is marked as well. */
export function cardInputs(problems: CardProblems, words: CardWords): Html {
  return html`<div class="card-fields">
${cardFields.map((field) => cardInput(field, problems, words))}
</div>`
}

/** What is wrong with a field, or that it has to be typed again because another one was wrong. */
function problemOf(field: CardField, problems: CardProblems): CardProblem | undefined {
  return problems[field] ?? (Object.keys(problems).length > 0 ? `${field}_missing` : undefined)
}

function cardInput(field: CardField, problems: CardProblems, words: CardWords): Html {
  const what = problemOf(field, problems)
  const problem = what && words.problems[what]
  const hint = field === 'number' ? undefined : words.hints[field]
  const { script, ...rest } = inputs[field]
  const input = textField({
    name: field,
    label: words.labels[field],
    hint,
    problem,
    inputmode: 'numeric',
    ...rest,
    script: html`${script} data-missing="${words.problems[`${field}_missing`]}" data-mistake="${words.problems[`${field}_format`]}"`,
  })
  return field === 'number' ? html`${input}<span class="card-brand small" id="brand" aria-live="polite"></span>` : input
}

/** Each field that has to be filled in again with the reason, for the alert before the form. */
export function wrongInputs(problems: CardProblems, words: CardWords): (readonly [field: CardField, text: string])[] {
  return cardFields.flatMap((field) => {
    const what = problemOf(field, problems)
    return what ? [[field, words.problems[what]] as const] : []
  })
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
