/** EIP-1193: what a wallet can be asked. */
export type Provider = {
  readonly request: (question: { readonly method: string; readonly params?: readonly unknown[] }) => Promise<unknown>
}

export type Wallet = {
  readonly name: string | undefined
  readonly icon: string | undefined
  readonly provider: Provider
}

type Announcement = CustomEvent<{
  readonly info?: { readonly uuid?: unknown; readonly name?: unknown; readonly icon?: unknown }
  readonly provider?: Provider
}>

/** More than anybody has: a page full of buttons is not a choice. */
const mostWallets = 12
const longestName = 40
const largestIcon = 100_000

/**
 * The wallets of this browser, by EIP-6963, each of which announces itself; where none does, the one that the browser of a wallet's own has. `tell`
 * hears of every change, and at the latest after a second that there is none.
 */
export function findWallets(tell: (wallets: readonly Wallet[]) => void): void {
  const found = new Map<string, Wallet>()
  window.addEventListener('eip6963:announceProvider', (event) => {
    const { info, provider } = (event as Announcement).detail ?? {}
    const id = String(info?.uuid ?? '')
    if (!provider || id === '' || found.has(id) || found.size >= mostWallets) return
    found.set(id, { name: nameOf(info?.name), icon: iconOf(info?.icon), provider })
    tell([...found.values()])
  })
  window.dispatchEvent(new Event('eip6963:requestProvider'))
  const fallBack = () => {
    if (found.size > 0) return
    const { ethereum } = window as { ethereum?: Provider }
    tell(ethereum ? [{ name: undefined, icon: undefined, provider: ethereum }] : [])
  }
  window.addEventListener('ethereum#initialized', fallBack, { once: true })
  setTimeout(fallBack, 1_000)
}

function nameOf(name: unknown): string | undefined {
  return typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, longestName) : undefined
}

/** As a picture it runs no script, whatever is in it; from elsewhere it would tell who pays here. */
function iconOf(icon: unknown): string | undefined {
  return typeof icon === 'string' && icon.startsWith('data:image/') && icon.length <= largestIcon ? icon : undefined
}
