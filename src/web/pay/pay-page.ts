import type { PaymentChoice } from '../../app/chain/ask-amount.ts'
import type { ChainPaymentState } from '../../app/chain/chain-payments.ts'
import { coin } from '../../domain/chain/address.ts'
import { dueUnits } from '../../domain/chain/open-amount.ts'
import { paymentUri } from '../../domain/chain/payment-uri.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { decimalOfUnits } from '../../kernel/token-amount.ts'
import { rows } from '../shared/components/rows.ts'
import { formatMoney, formatTime } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import type { Setting } from '../shared/setting.ts'
import type { ShopLinks } from './pay-app.ts'
import { words } from './words.ts'

export type Amount = ChainPaymentState['amounts'][number]

export type PayView = {
  readonly setting: Setting
  readonly shop: string
  readonly payment: Payment
  readonly links: ShopLinks
  readonly choices: readonly PaymentChoice[]
  /** the amount that is shown; undefined while the shopper has not chosen, or wants to choose again */
  readonly amount: Amount | undefined
  readonly hasWallet: boolean
  /** something that was refused, in a sentence */
  readonly problem?: string | undefined
}

/** The page while money is awaited: first the choice, then one exact amount. */
export function openPage(view: PayView): Html {
  const { setting, shop, payment, links, amount, problem } = view
  return html`<section class="panel" lang="en">
<h1>${words.title(shop)}</h1>
<p class="amount">${formatMoney({ currency: payment.currency, minor: payment.total }, setting.locale)}</p>
${problem && html`<div class="alert" role="alert"><p>${problem}</p></div>`}
${amount ? amountPart(view, amount) : choicePart(view)}
${links.cancel && html`<p><a href="${links.cancel}">${words.cancel}</a></p>`}
</section>`
}

function choicePart({ choices, setting }: PayView): Html {
  if (choices.length === 0) return html`<p>${words.nothing}</p>`
  const option = ({ chain, token }: PaymentChoice, at: number) =>
    html`<label class="choice"><input type="radio" name="choice" value="${chain.id}/${token.address}"${at === 0 && html` checked`}>
<span>${words.choice(token.symbol, chain.name)}</span></label>`
  return html`<p>${words.chooseHint}</p>
<form method="post" action="${setting.root}${setting.here}">
<fieldset class="choices"><legend>${words.choose}</legend>${choices.map(option)}</fieldset>
<button class="button" type="submit">${words.show}</button>
</form>`
}

function amountPart(view: PayView, amount: Amount): Html {
  const { choices, setting, hasWallet, payment } = view
  const chosen = choices.find(({ chain, token }) => chain.id === amount.chainId && token.address === amount.token)
  if (!chosen) return choicePart(view)
  const { chain, token } = chosen
  const due = dueUnits(amount)
  const text = `${decimalOfUnits(due, token.decimals)} ${token.symbol}`
  const own = `${setting.root}${setting.here}`
  return html`<h2>${words.send}</h2>
<p class="amount"><bdi>${text}</bdi></p>
<p role="status">${amount.received > 0n ? words.part(text) : payment.state === 'processing' ? words.seen : words.waiting}</p>
<div class="alert"><p>${words.warning(chain.name, token.symbol)}</p></div>
<img src="${own}/qr/${amount.number}" width="232" height="232" alt="${words.qr}">
${rows([
  { name: words.to, value: html`<code>${amount.recipient}</code>` },
  { name: words.network, value: `${chain.name} (${chain.id})` },
  ...(token.address === coin ? [] : [{ name: words.token, value: html`<code>${token.address}</code>` }]),
  { name: words.until, value: formatTime(amount.expiresAt, setting.locale) },
])}
<p class="small">${words.exact}</p>
<div class="actions">
${hasWallet && html`<form method="post" action="${own}/demo"><input type="hidden" name="choice" value="${chain.id}/${token.symbol}"><button class="button" type="submit">${words.demo}</button></form>`}
<a class="button second" href="${uriOf(amount)}">${words.wallet}</a>
<a class="button second" href="${own}?choose=1">${words.other}</a>
</div>`
}

/** What the code and the link hold. Wallets misread it now and then, so all of it stands beside it as well. */
export function uriOf(amount: Amount): string {
  const { chainId, token, recipient } = amount
  return paymentUri({ chainId, token, recipient, units: dueUnits(amount) })
}
