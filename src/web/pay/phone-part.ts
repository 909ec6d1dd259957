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

/** Only a page that a phone can reach has such links: they are https by nature. MetaMask's address is not encoded, or it opens an empty tab. */
function appLinks(pageUrl: string): readonly { readonly app: string; readonly url: string }[] {
  if (!pageUrl.startsWith('https://')) return []
  return [
    { app: 'MetaMask', url: `https://link.metamask.io/dapp/${pageUrl.slice('https://'.length)}` },
    { app: 'Trust Wallet', url: `https://link.trustwallet.com/open_url?coin_id=60&url=${encodeURIComponent(pageUrl)}` },
    { app: 'Coinbase Wallet', url: `https://go.cb-w.com/dapp?cb_url=${encodeURIComponent(pageUrl)}` },
  ]
}
