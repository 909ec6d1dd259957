import { rows } from '../shared/components/rows.ts'
import { type Html, html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import type { Setting } from '../shared/setting.ts'
import type { SandboxDesk } from './sandbox-desk.ts'
import { homeStyle } from './style.ts'

/** What runs here, the keys, a first order with one press, and where to go on. In English, as the API is. */
export function sandboxPage(setting: Setting, desk: SandboxDesk): string {
  const main = html`<h1>Your sandbox is running</h1>
<p class="lead">Tercet ${desk.version}: the merchant APIs, the checkout and the ledger of a payments server, on this machine and without real
money. Keys and cards on this page are public and the same everywhere.</p>
<div class="columns">
<div>${firstOrder(setting)}${firstPayment(setting)}${links(setting, desk)}</div>
<div>${keys(desk)}${cards(desk)}${webhooks}</div>
</div>`
  return layout(setting, { title: 'Tercet sandbox', main, style: homeStyle, isEnglishOnly: true })
}

function firstOrder({ root }: Setting): Html {
  return html`<section class="panel"><h2>A first order</h2>
<p><span class="amount">€90.00</span></p>
<p>Creates an order through the API and opens its checkout, as a shop would. Pay it with the card <code>4242 4242 4242 4242</code>, any
later month and any code.</p>
<form method="post" action="${root}/sandbox/first-order"><button>Create an order and pay it</button></form></section>`
}

function firstPayment({ root }: Setting): Html {
  return html`<section class="panel"><h2>A crypto payment</h2>
<p>Asks for US$12.34 through the API and opens the page of that payment. The demo wallet there pays on a chain inside of the sandbox, without an extension
and without a key.</p>
<form method="post" action="${root}/sandbox/first-payment"><button class="second">Ask for a payment and pay it</button></form></section>`
}

const webhooks = html`<section class="panel"><h2>Webhooks and time</h2>
<p>See every webhook as it happens, and send it on to your shop:</p>
<pre tabindex="0"><code>npx tercet listen --forward http://localhost:3000/hooks</code></pre>
<p>Make an order live through an event, or live through five days in a second:</p>
<pre tabindex="0"><code>npx tercet trigger refunded
npx tercet clock advance 5d</code></pre></section>`

function links({ root }: Setting, { hasDocs }: SandboxDesk): Html {
  const link = (href: string, name: string, what: string) =>
    html`<li><a href="${root}${href}">${name}</a><span class="hint">${what}</span></li>`
  return html`<section class="panel"><h2>Go on</h2><ul class="tools">
${link('/portal/demo', 'Seller portal', 'Orders, refunds, webhooks, keys and settings, signed in as its demo owner.')}
${link('/account', "Shopper's account", 'Plans and cards of test.shopper@example.com. The code is always 123456.')}
${link('/sandbox/messages', 'Messages', 'E-mails and text messages that would have left.')}
${link('/widget', 'Widget', "The line on a shop's pages that says what an instalment costs, with every attribute to try.")}
${link('/request', 'Payment request', 'Ask somebody for a payment into a wallet, without a shop.')}
${hasDocs && link('/docs', 'API reference', 'Every call with an example.')}
${hasDocs && link('/docs#group-webhooks', 'Webhooks', 'Endpoints, deliveries and replays by the API.')}
</ul></section>`
}

function keys({ keys: list }: SandboxDesk): Html {
  const group = ({ api, rows: pairs }: SandboxDesk['keys'][number]) =>
    html`<h3>${api}</h3>${rows(pairs.map(([name, value]) => ({ name, value: html`<code>${value}</code>` })))}`
  return html`<section class="panel keys"><h2>Keys</h2>${list.map(group)}</section>`
}

function cards({ cards: list }: SandboxDesk): Html {
  const pairs = list.map(([number, outcome]) => ({ name: html`<code>${number}</code>`, value: outcome }))
  return html`<section class="panel"><h2>Test cards</h2>${rows(pairs)}</section>`
}
