import type { PaymentChoice } from '../../app/chain/ask-amount.ts'
import { textField } from '../shared/components/field.ts'
import { type Html, html } from '../shared/html.ts'
import { choiceName } from '../shared/payment-choice.ts'
import type { Setting } from '../shared/setting.ts'
import { type RequestWords, requestWords } from './words/index.ts'

/** What was typed, or what the link says; each may be wrong. */
export type Typed = {
  readonly amount: string
  readonly currency: string
  readonly forWhat: string
  /** `321/0x...`, chain and token */
  readonly choice: string
}

export type RequestView = {
  readonly setting: Setting
  readonly name: string
  readonly purpose: 'account' | 'donation'
  readonly currencies: readonly string[]
  readonly choices: readonly PaymentChoice[]
  readonly typed: Typed
  /** names this form, so that one that is sent twice asks once */
  readonly key: string
  readonly problem?: { readonly field: 'amount' | 'choice'; readonly text: string } | undefined
}

/** Where somebody chooses how much to pay or give, and in what. */
export function requestPage(view: RequestView): { readonly title: string; readonly main: Html } {
  const { setting, name, purpose, choices } = view
  const words = requestWords[setting.language]
  const title = purpose === 'donation' ? words.donateTitle(name) : words.payTitle(name)
  const main = html`<section class="panel">
<h1>${title}</h1>
${choices.length === 0 ? html`<p>${words.nothing}</p>` : html`<p>${words.intro}</p>${form(view)}`}
</section>`
  return { title, main }
}

function form({ setting, purpose, currencies, choices, typed, key, problem }: RequestView): Html {
  const words = requestWords[setting.language]
  const problemOf = (field: 'amount' | 'choice') => (problem?.field === field ? problem.text : undefined)
  const chosen = choices.some((each) => nameOf(each) === typed.choice) ? typed.choice : nameOf(choices[0])
  const option = (choice: PaymentChoice) =>
    html`<label class="choice"><input type="radio" name="choice" value="${nameOf(choice)}"${nameOf(choice) === chosen && html` checked`}>
<span>${words.choice(choice.token.symbol, choice.chain.name)}</span></label>`
  return html`<form method="post" action="${setting.root}${setting.here}">
<input type="hidden" name="key" value="${key}">
${textField({
  ...{ name: 'amount', label: words.amount, hint: words.amountHint, problem: problemOf('amount'), value: typed.amount },
  ...{ autocomplete: 'transaction-amount', maxlength: 15 },
})}
${currencyField(words, currencies, typed.currency)}
${textField({
  ...{ name: 'for', label: words.forWhat, hint: words.forWhatHint, value: typed.forWhat },
  ...{ autocomplete: 'off', maxlength: 100, isOptional: true },
})}
<fieldset class="choices"><legend>${words.choose}</legend>
${problemOf('choice') && html`<span class="problem" role="alert">${problemOf('choice')}</span>`}${choices.map(option)}</fieldset>
<button class="button" type="submit">${purpose === 'donation' ? words.donate : words.pay}</button>
</form>`
}

export function currencyField(
  words: Pick<RequestWords, 'currency'>,
  currencies: readonly string[],
  chosen: string,
): Html {
  const option = (code: string) => html`<option value="${code}"${code === chosen && html` selected`}>${code}</option>`
  return html`<div class="field"><label for="currency">${words.currency}</label>
<select id="currency" name="currency" autocomplete="transaction-currency">${currencies.map(option)}</select></div>`
}

/** How the form names a choice. */
export function nameOf(choice: PaymentChoice | undefined): string {
  return choice ? choiceName(choice.chain.id, choice.token.address) : ''
}
