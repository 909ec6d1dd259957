/** Links that open a page inside a wallet's own browser. Only a page that a phone can reach has any: they are https by nature. MetaMask's address is not encoded, or it opens an empty tab. */
export function appLinks(pageUrl: string): readonly { readonly app: string; readonly url: string }[] {
  if (!pageUrl.startsWith('https://')) return []
  return [
    { app: 'MetaMask', url: `https://link.metamask.io/dapp/${pageUrl.slice('https://'.length)}` },
    { app: 'Trust Wallet', url: `https://link.trustwallet.com/open_url?coin_id=60&url=${encodeURIComponent(pageUrl)}` },
    { app: 'Coinbase Wallet', url: `https://go.cb-w.com/dapp?cb_url=${encodeURIComponent(pageUrl)}` },
  ]
}
