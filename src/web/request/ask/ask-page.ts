import { coin } from '../../../domain/chain/address.ts'
import { appLinks } from '../../shared/components/app-links.ts'
import { textField } from '../../shared/components/field.ts'
import { type Html, html } from '../../shared/html.ts'
import type { Setting } from '../../shared/setting.ts'
import { currencyField } from '../request-page.ts'
import { type RequestWords, requestWords } from '../words/index.ts'
import { nameOfOffer, type Offer, type TypedAsk } from './parse-ask.ts'

export type AskView = {
  readonly setting: Setting
  readonly pageUrl: string
  readonly currencies: readonly string[]
  readonly offers: readonly Offer[]
  readonly typed: TypedAsk
  /** names this form, so that one that is sent twice asks once */
  readonly key: string
  readonly hasDemo: boolean
  readonly problem?: { readonly field: 'amount' | 'choice' | 'wallet'; readonly is: keyof AskProblems } | undefined
}

export type AskProblems = RequestWords['problems'] & RequestWords['ask']['problems']

/** Where somebody asks another for money, to be paid into a wallet of their own. The wallet's signature needs script; all else does not. */
export function askPage(view: AskView): { readonly title: string; readonly main: Html } {
  const { ask, nothing } = requestWords[view.setting.language]
  const main = html`<section class="panel">
<h1>${ask.title}</h1>
${view.offers.length === 0 ? html`<p>${nothing}</p>` : html`<p>${ask.intro}</p>${form(view)}`}
</section>`
  return { title: ask.title, main }
}

function form(view: AskView): Html {
  const { setting, typed, key, currencies } = view
  const words = requestWords[setting.language]
  return html`<form method="post" action="${setting.root}/request" data-ask="${setting.root}/request/text">
<input type="hidden" name="key" value="${key}"><input type="hidden" name="account"><input type="hidden" name="at"><input type="hidden" name="signature">
${textField({
  ...{ name: 'amount', label: words.amount, hint: words.amountHint, problem: problemOf(view, 'amount') },
  ...{ value: typed.amount, autocomplete: 'transaction-amount', maxlength: 15 },
})}
${currencyField(words, currencies, typed.currency)}
${textField({
  ...{ name: 'for', label: words.forWhat, hint: words.ask.forWhatHint, value: typed.forWhat },
  ...{ autocomplete: 'off', maxlength: 100, isOptional: true },
})}
<fieldset class="choices"><legend>${words.ask.choose}</legend>
${problemOf(view, 'choice') && html`<span class="problem" role="alert">${problemOf(view, 'choice')}</span>`}${view.offers.map((offer) => choice(view, offer))}</fieldset>
${walletPart(view)}
</form>`
}

function problemOf({ setting, problem }: AskView, field: 'amount' | 'choice' | 'wallet'): string | undefined {
  const words = requestWords[setting.language]
  const all: AskProblems = { ...words.problems, ...words.ask.problems }
  return problem?.field === field ? all[problem.is] : undefined
}

function choice({ setting, typed }: AskView, offer: Offer): Html {
  const name = nameOfOffer(offer)
  const isChosen = typed.choices.includes(name)
  return html`<label class="choice"><input type="checkbox" name="choice" value="${name}"${isChosen && html` checked`}>
<span>${requestWords[setting.language].choice(offer.token.symbol, offer.chain.name)}</span></label>`
}

/** What is chosen before anybody has chosen: tokens rather than coins, whose price moves. */
export function usualChoices(offers: readonly Offer[]): readonly string[] {
  const tokens = offers.filter(({ token }) => token.address !== coin)
  return (tokens.length > 0 ? tokens : offers).map(nameOfOffer)
}

function walletPart(view: AskView): Html {
  const { setting, pageUrl, hasDemo } = view
  const { ask } = requestWords[setting.language]
  const problem = problemOf(view, 'wallet')
  const apps = appLinks(pageUrl)
  return html`<section class="ask-wallets" aria-labelledby="wallets" data-words="${JSON.stringify(ask.script)}">
<h2 id="wallets">${ask.wallets}</h2>
${problem && html`<p class="problem" role="alert">${problem}</p>`}
<p class="small">${ask.signing}</p>
<p role="status" data-told></p>
<div class="actions" data-buttons></div>
<p class="small" data-without>${ask.needsWallet}</p>
${apps.length > 0 && html`<div class="actions" data-without>${apps.map(({ app, url }) => html`<a class="text" href="${url}">${ask.open(app)}</a>`)}</div>`}
${hasDemo && html`<div class="actions"><button class="button second" type="submit" name="demo" value="1">${ask.demo}</button></div>`}
</section>`
}
