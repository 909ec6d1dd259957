/** What an address is for: the server asks endpoints itself; wallets and people are told the others. */
export type ChainAddressUse = 'endpoint' | 'wallet' | 'explorer'

const longest = 2_048

/**
 * What is wrong with an address that a chain is set up with; undefined when nothing is. Plain http is for this machine alone: a node on it needs no
 * certificate, and nobody stands between. The sandbox takes it from anywhere. Whether it answers is not asked here.
 */
export function refusalOfChainAddress(
  text: string,
  use: ChainAddressUse,
  mode: 'sandbox' | 'live',
): string | undefined {
  const url = text.length <= longest ? URL.parse(text) : null
  if (!url || !/^https?:\/\//i.test(text)) return 'is not an https address'
  if (url.username || url.password)
    return 'must not name a user: put the key where the provider shows it, in the path or query'
  if (url.hash) return 'must not have a part behind #'
  if (use !== 'endpoint' && url.search) return 'must not have a query: everybody is told this address'
  if (url.protocol === 'https:' || mode === 'sandbox') return undefined
  if (use === 'endpoint' && isThisMachine(url.hostname)) return undefined
  return 'must be https: what a chain says of money must not be changed on its way'
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}
