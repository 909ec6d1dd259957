import { html, type TemplateResult } from 'lit/html.js'
import { productRules } from '../../../domain/instalments/products.ts'
import type { Attributes } from '../offer/attributes.ts'
import type { Offer, Plan } from '../offer/offer.ts'
import type { WidgetLanguage } from '../offer/words/languages.ts'
import type { WidgetWords } from '../offer/words/words.ts'
import type { Writer } from '../offer/write.ts'

type Shown = NonNullable<Offer>

export type View = {
  readonly words: WidgetWords
  readonly write: Writer
  readonly read: Attributes
  readonly language: WidgetLanguage
  readonly open: () => void
}

/** The whole widget: its line on the page, and the dialog behind it. */
export function widget(offer: Shown, view: View): TemplateResult {
  const { words, read, language, open } = view
  const name = nameOf(offer.product, view)
  return html`<div class="box" lang=${language}><button class="open" aria-haspopup="dialog" @click=${open}>${mark(read('logo-size'))}<span class="text">${read('show-title') === 'true' ? html`<b>${name}</b>` : ''}${offerLine(offer, view)}</span>${read('learn-more') === 'true' ? html`<u>${words.learnMore}</u>` : html`<i aria-hidden="true">›</i>`}</button>${read('type') === 'checkout' && offer.plans ? schedule(offer.plans[0], view, 'short') : ''}</div><dialog lang=${language} aria-labelledby="name" @click=${onClick} @keydown=${onKey}><div class="sheet"><header>${mark()}<h2 id="name">${name}</h2><button class="close" aria-label=${words.close}>×</button></header>${explanation(offer, view)}</div></dialog>`
}

/** Closes by its button and by the ground around its sheet. */
function onClick({ target, currentTarget }: Event): void {
  if (target === currentTarget || (target as Element).className === 'close')
    (currentTarget as HTMLDialogElement).close()
}

/** A modal dialog lets the focus leave for the browser's own bars; here it goes around. */
function onKey(event: KeyboardEvent): void {
  const stops = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('button,summary')]
  if (!event.shiftKey) stops.reverse()
  if (event.key !== 'Tab' || event.target !== stops[0]) return
  event.preventDefault()
  stops.at(-1)?.focus()
}

/** `Pay in {0} instalments of {1}` with its values; amounts and days neither break nor turn in a text of the other direction. */
function sentence(template: string, ...values: readonly (string | number)[]): unknown {
  return template.split(/\{(\d)\}/).map((piece, at) => {
    const value = values[Number(piece)]
    return at % 2 === 0 ? piece : typeof value === 'number' ? value : html`<bdi>${value}</bdi>`
  })
}

/** Three lines: a tercet. */
function mark(percent: string | null = null): TemplateResult {
  const side = 0.24 * (Number(percent) || 100)
  return html`<svg viewBox="0 0 24 24" width=${side} height=${side} aria-hidden="true"><path d="M2 4h20v4H2zm0 6h14v4H2zm0 6h8v4H2z"/></svg>`
}

/** What a product is called: `Pay in 3 instalments`. */
function nameOf(product: Plan['product'], { words }: View): unknown {
  const { count, startsAtOnce } = productRules[product]
  return startsAtOnce ? sentence(words.instalments, count) : words.payLater
}

function offerLine(offer: Shown, view: View): TemplateResult {
  const { words, read } = view
  if (offer.plans) {
    const [plan] = offer.plans
    const isBare = read('hide-price') === 'true'
    return html`<span>${isBare ? nameOf(plan.product, view) : planLine(plan, view)}</span><small>${words.interestFree}</small>`
  }
  const [value, most] = [Number(offer.price.minor), Number(offer.minimum.minor)]
  const isBar = (read('spend-progress') ?? 'standard') === 'standard'
  return html`<span>${missingLine(offer, view)}</span>${isBar ? html`<progress aria-hidden="true" max=${most} value=${value}></progress>` : ''}`
}

function missingLine({ product, missing }: Extract<Shown, { plans?: undefined }>, { words, write }: View): unknown {
  const { count, startsAtOnce } = productRules[product]
  return sentence(startsAtOnce ? words.missing : words.missingLater, write.amount(missing), count)
}

function planLine({ product, instalments }: Plan, { words, write }: View): unknown {
  const [first, second = first] = instalments
  const amount = write.amount(first.amount)
  if (!productRules[product].startsAtOnce) return sentence(words.later, amount, write.day(first.dueAt))
  if (second.amount.minor === first.amount.minor) return sentence(words.equal, instalments.length, amount)
  return sentence(words.unequal, amount, instalments.length - 1, write.amount(second.amount))
}

/** Days and amounts, the first one today where it is due at once. */
function schedule({ product, instalments }: Plan, { words, write }: View, month?: 'short'): TemplateResult {
  const dayOf = ({ number, dueAt }: Plan['instalments'][0]) =>
    number === 1 && productRules[product].startsAtOnce ? words.today : write.day(dueAt, month)
  const rows = instalments.map(
    (each) => html`<li><span>${dayOf(each)}</span><bdi>${write.amount(each.amount)}</bdi></li>`,
  )
  return html`<ol class="schedule" role="list">${rows}</ol>`
}

/** What the dialog says: the best plan, the others to be opened, then the steps. */
function explanation(offer: Shown, view: View): TemplateResult {
  const { words, write, read } = view
  const others = offer.plans?.slice(1) ?? []
  const steps = [
    read('channel') === 'travel' ? words.chooseTravel : words.choose,
    words.confirm,
    productRules[offer.product].startsAtOnce ? words.thenByItself : words.thenOnce,
  ]
  return html`<p><bdi>${read('product')}</bdi></p><p>${offer.plans ? html`<bdi>${write.amount(offer.price)}</bdi> · ${words.interestFree}` : missingLine(offer, view)}</p>${offer.plans ? schedule(offer.plans[0], view) : ''}${others.map((plan) => html`<details><summary>${nameOf(plan.product, view)}</summary>${schedule(plan, view)}</details>`)}<ol class="steps" role="list">${steps.map((step) => html`<li>${step}</li>`)}</ol>`
}
