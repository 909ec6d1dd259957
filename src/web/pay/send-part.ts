import { coin } from '../../domain/chain/address.ts'
import { dueUnits } from '../../domain/chain/open-amount.ts'
import { paymentUri } from '../../domain/chain/payment-uri.ts'
import { decimalOfUnits } from '../../kernel/token-amount.ts'
import { rows } from '../shared/components/rows.ts'
import { formatTime } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import { copied } from './copied.ts'
import type { PayView } from './pay-view.ts'
import { type Amount, choiceOf } from './stage.ts'

/** All that somebody needs who sends the amount by hand, from any wallet or exchange: complete without script. */
export function sendPart(view: PayView, amount: Amount): Html {
  const { setting, words, own, now } = view
  const { send } = words
  const choice = choiceOf(view.choices, amount)
  if (!choice) return html``
  const { chain, token } = choice
  const digits = decimalOfUnits(dueUnits(amount), token.decimals)
  const holds = amount.expiresAt > now
  return html`<section class="panel" aria-labelledby="send" data-part="send">
<h2 id="send">${amount.received > 0n ? send.rest : send.title}</h2>
<p class="exact"><bdi>${copied(digits, send.copy(send.amount), token.symbol)}</bdi></p>
<div class="alert"><p>${send.warning(chain.name, token.symbol)}</p>${chain.isLocal && html`<p>${send.test}</p>`}</div>
<img class="qr" src="${own}/qr/${amount.number}/${dueUnits(amount)}" width="232" height="232" alt="${send.qr}">
${rows([
  { name: send.to, value: copied(amount.recipient, send.copy(send.to)) },
  { name: send.network, value: `${chain.name} (${chain.id})` },
  ...(token.address === coin ? [] : [{ name: send.token, value: html`<code>${token.address}</code>` }]),
  ...(holds ? [{ name: words.until, value: formatTime(amount.expiresAt, setting.locale) }] : []),
])}
<p class="small">${send.exact}</p>
<div class="actions"><a class="text" href="${uriOf(amount)}">${send.wallet}</a></div>
</section>`
}

/** What the code and the link hold. Wallets misread it now and then, so all of it stands beside it as well. */
export function uriOf(amount: Amount): string {
  const { chainId, token, recipient } = amount
  return paymentUri({ chainId, token, recipient, units: dueUnits(amount) })
}
