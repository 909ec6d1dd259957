import { type Html, html } from '../../shared/html.ts'
import type { Setting } from '../../shared/setting.ts'
import { requestWords } from '../words/index.ts'

export type LinkView = {
  readonly setting: Setting
  /** as people write it: `€25.00` */
  readonly amount: string
  /** empty for nothing */
  readonly forWhat: string
  readonly payUrl: string
  /** of the code of `payUrl` */
  readonly codePath: string
  readonly isPaid: boolean
}

/** The link of a request, to be handed on in whatever way two people talk. */
export function linkPage(view: LinkView): { readonly title: string; readonly main: Html } {
  const { setting, amount, forWhat, payUrl, codePath, isPaid } = view
  const { ask } = requestWords[setting.language]
  const title = isPaid ? ask.paidTitle : ask.readyTitle
  const text = ask.share(amount, forWhat)
  const main = html`<section class="panel">
<h1>${title}</h1>
<p class="amount">${amount}</p>
${forWhat !== '' && html`<p><bdi>${forWhat}</bdi></p>`}
${!isPaid && html`<p>${ask.ready}</p>`}
<p class="wrap"><a class="text" href="${payUrl}">${payUrl}</a></p>
${
  !isPaid &&
  html`<img class="qr" src="${codePath}" width="232" height="232" alt="${ask.code}">
<div class="actions">
<button class="button" type="button" data-copy="${`${text} ${payUrl}`}" data-copied="${ask.copied}" hidden>${ask.copy}</button>
<a class="text" href="${shareAddress('https://t.me/share/url', { url: payUrl, text })}" rel="noreferrer">Telegram</a>
<a class="text" href="${shareAddress('https://wa.me/', { text: `${text} ${payUrl}` })}" rel="noreferrer">WhatsApp</a>
<a class="text" href="${`mailto:?${queryOf({ subject: text, body: `${text} ${payUrl}` })}`}">${ask.mail}</a>
</div>`
}
<p role="status" data-told></p>
<p><a class="text" href="${setting.root}/request">${ask.another}</a></p>
</section>`
  return { title, main }
}

function shareAddress(base: string, query: Readonly<Record<string, string>>): string {
  return `${base}?${queryOf(query)}`
}

/** With %20, which mail programs and messengers read, and not `+`, which they show. */
function queryOf(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
