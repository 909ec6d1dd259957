import { appLinks } from '../shared/components/app-links.ts'
import { type Html, html } from '../shared/html.ts'
import type { PayView } from './pay-view.ts'

/** For who has the wallet on a phone: the code of this page, and links that open it inside a wallet's own browser. */
export function phonePart({ own, pageUrl, words: { phone } }: PayView): Html {
  const apps = appLinks(pageUrl)
  return html`<details class="panel phone" data-part="phone"><summary>${phone.title}</summary>
<p>${phone.text}</p>
<img class="qr" src="${own}/qr/page" width="232" height="232" alt="${phone.qr}" loading="lazy">
${apps.length > 0 && html`<div class="actions">${apps.map(({ app, url }) => html`<a class="text" href="${url}">${phone.open(app)}</a>`)}</div>`}
</details>`
}
