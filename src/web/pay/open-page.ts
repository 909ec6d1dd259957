import type { PaymentChoice } from '../../app/chain/ask-amount.ts'
import { dueUnits } from '../../domain/chain/open-amount.ts'
import { second } from '../../kernel/instant.ts'
import { formatMoney } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import { choiceName } from '../shared/payment-choice.ts'
import { amountText, type PayView } from './pay-view.ts'
import { phonePart } from './phone-part.ts'
import { sendPart } from './send-part.ts'
import type { Amount, Stage } from './stage.ts'
import { walletPart } from './wallet-part.ts'

type OpenStage = Extract<Stage, { kind: 'choosing' | 'waiting' | 'partial' }>

/** The page while money is awaited: first the choice, then one exact amount. */
export function openContent(view: PayView, stage: OpenStage): Html {
  if (stage.kind === 'choosing')
    return html`<div class="narrow"><section class="panel">${head(view)}<div data-part="choice">${choiceForm(view, stage.isAnew)}</div>${foot(view, false)}</section></div>`
  const { amount } = stage
  return html`<div class="columns">
<div><section class="panel">${head(view)}
<p role="status" data-part="status">${saidOf(view, amount)}</p>
<div data-part="strays">${strayNotes(view)}</div>
<div data-part="clock" data-key="${amount.number}-${amount.expiresAt}">${clock(view, amount)}</div>
${walletPart(view, amount)}
${foot(view, true, amount.received > 0n)}</section></div>
<div>${sendPart(view, amount)}${phonePart(view)}</div>
</div>`
}

function head({ words, shop, payment, setting, problem }: PayView): Html {
  return html`<h1>${words.title(shop)}</h1>
<p class="amount">${formatMoney({ currency: payment.currency, minor: payment.total }, setting.locale)}</p>
${problem !== undefined && html`<div class="alert" role="alert" tabindex="-1" autofocus><p>${problem}</p></div>`}`
}

/** Who has sent something, even too late, is not led to where the shop would take the order for cancelled. */
function foot({ words, own, links, strays }: PayView, hasAmount: boolean, hasPaid = false): Html {
  return html`<div class="actions" data-part="foot">
${hasAmount && html`<a class="text without-script" href="${own}">${words.lookAgain}</a><a class="text" href="${own}?choose=1">${words.other}</a>`}
${links.cancel !== null && !hasPaid && strays.length === 0 && html`<a class="text" href="${links.cancel}">${words.cancel}</a>`}
</div>`
}

function choiceForm(view: PayView, isAnew: boolean): Html {
  const { choices, words, own, setting } = view
  if (choices.length === 0)
    return html`<p>${setting.isSandbox ? words.starting : words.nothing}</p>${setting.isSandbox && html`<div class="actions"><a class="text without-script" href="${own}">${words.lookAgain}</a></div>`}`
  const option = ({ chain, token }: PaymentChoice, at: number) =>
    html`<label class="choice"><input type="radio" name="choice" value="${choiceName(chain.id, token.address)}"${at === 0 && html` checked`}>
<span>${words.choice(token.symbol, chain.name)}</span></label>`
  return html`${isAnew && view.problem === undefined && html`<p>${words.priceEnded}</p>`}${strayNotes(view)}
<p>${words.chooseHint}</p>
<form method="post" action="${own}">
<fieldset class="choices"><legend>${words.choose}</legend>${choices.map(option)}</fieldset>
<button class="button" type="submit">${words.show}</button>
</form>`
}

function saidOf(view: PayView, amount: Amount): string {
  const { words } = view
  if (amount.received === 0n) return words.waiting
  const [arrived, rest] = [amount.received, dueUnits(amount)].map((units) => amountText(view, amount, units) ?? '')
  return words.part(arrived ?? '', rest ?? '')
}

/** What arrived and could not be taken: the payer hears of it here, for the shop's list of it is the shop's alone. */
export function strayNotes(view: PayView): Html {
  const notes = view.strays.map(({ transfer }) => amountText(view, transfer, transfer.units))
  return html`${notes.map((amount) => amount && html`<div class="aside"><p>${view.words.stray(amount)}</p></div>`)}`
}

/** Counted down by the script; the hour stands beside the amount for who has none. */
function clock({ words, now, own }: PayView, { expiresAt }: Amount): Html {
  const seconds = (expiresAt - now) / second
  if (seconds <= 0n) return html``
  return html`<p class="clock" data-countdown="${seconds}" data-label="${words.holdsFor}" data-reload="${own}"><span aria-hidden="true">${words.holdsFor} <b data-left></b></span><span class="hidden" role="status"></span></p>`
}
