import { openToRefund, type Payment } from '../../domain/payment/payment.ts'
import { decimalOf, money } from '../../kernel/money.ts'
import { rows } from '../shared/components/rows.ts'
import { type Html, html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import type { Setting } from '../shared/setting.ts'
import { homeStyle } from './style.ts'

type Shown = { readonly payment: Payment; readonly publicUrl: string; readonly key: string }

/** The first order after its checkout: where it stands, and the call that a shop would make now. */
export function orderPage(setting: Setting, { payment, publicUrl, key }: Shown): string {
  const { id, state, currency, total, captured } = payment
  const amount = (minor: bigint) => `${decimalOf(money(currency, minor))} ${currency}`
  const main = html`<div class="narrow"><h1>${titles[state] ?? `The order is ${state}`}</h1>
<section class="panel">${rows([
    { name: 'Order', value: html`<code>${id}</code>` },
    { name: 'State', value: state },
    { name: 'Total', value: amount(total) },
    ...(captured > 0n ? [{ name: 'Captured', value: amount(captured) }] : []),
  ])}</section>
${nextStep(setting, payment, `${publicUrl}/v2/payments`, key)}
<p class="actions"><a class="text" href="${setting.root}/">Back to the sandbox</a></p></div>`
  return layout(setting, { title: `Order ${id}`, main, style: homeStyle, isEnglishOnly: true })
}

const titles: Partial<Readonly<Record<Payment['state'], string>>> = {
  created: 'The shopper came back without paying',
  authorized: 'The shopper has paid: capture it',
  captured: 'Captured: the money is yours',
  expired: 'The order has expired',
}

function nextStep({ root }: Setting, payment: Payment, api: string, key: string): Html | undefined {
  const call = (path: string, body: object) =>
    html`<pre tabindex="0"><code>curl -s ${api}${path} \\
  -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(body)}'</code></pre>`
  const { id, state, currency } = payment
  if (state === 'created')
    return html`<section class="panel"><h2>Try again</h2><form method="post" action="${root}/sandbox/first-order"><button>Create another order</button></form></section>`
  if (state === 'authorized')
    return html`<section class="panel"><h2>Next: the capture</h2><p>The amount is reserved on the card. A shop takes it now, before it ships:</p>
${call('/capture', { token: id })}
<form method="post" action="${root}/sandbox/first-order/capture"><input type="hidden" name="orderToken" value="${id}"><button>Capture it here</button></form></section>`
  if (openToRefund(payment) === 0n) return undefined
  return html`<section class="panel"><h2>Next: a refund</h2><p>A part of it can be given back:</p>
${call(`/${id}/refund`, { refundAmount: { amount: '25.00', currency } })}
<p>What happened to the order so far:</p><pre tabindex="0"><code>npx tercet orders show ${id}</code></pre></section>`
}
