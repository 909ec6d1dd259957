import type { Wallet } from '../../shared/browser/find-wallets.ts'
import { walletButton } from '../../shared/browser/wallet-button.ts'
import type { WalletOrder } from '../live/wallet-order.ts'
import type { ScriptWords } from '../words/pay-words.ts'
import { followSent } from './follow-sent.ts'
import { payWith, type Sent } from './pay-with.ts'
import { say, wordsOf } from './say.ts'
import { troubleOf } from './trouble.ts'

/** A button for each wallet; undefined before any is known. */
let wallets: readonly Wallet[] | undefined
let isBusy = false
/** hash of the transaction that is followed */
let followed: string | undefined

export function setWallets(found: readonly Wallet[]): void {
  wallets = found
  showButtons()
}

/** Draws the buttons into the page as it is now. What was sent already is followed, and not asked for again. */
export function showButtons(): void {
  const section = document.querySelector<HTMLElement>('[data-wallets]')
  const place = section?.querySelector('[data-buttons]')
  if (!section || !place || !wallets) return
  const order = JSON.parse(section.dataset.wallets ?? '') as WalletOrder
  section.hidden = false
  if (wallets.length === 0) {
    const note = document.createElement('p')
    note.textContent = wordsOf().noWallet
    place.replaceChildren(note)
    return
  }
  const sent = sentOf(order)
  place.replaceChildren(...wallets.map((wallet) => buttonOf(wallet, order, isBusy || sent !== undefined)))
  if (sent && !isBusy) follow(wallets, order, sent)
}

function buttonOf(wallet: Wallet, order: WalletOrder, isOff: boolean): HTMLButtonElement {
  const words = wordsOf()
  const text = words.pay
    .replace('{amount}', () => order.amount)
    .replace('{wallet}', () => wallet.name ?? words.unnamedWallet)
  const button = walletButton(wallet, text, () => void press(wallet, order))
  button.disabled = isOff
  return button
}

async function press(wallet: Wallet, order: WalletOrder): Promise<void> {
  isBusy = true
  enable(false)
  try {
    const own = document.querySelector<HTMLElement>('[data-live]')?.dataset.own ?? ''
    const sent = await payWith(wallet.provider, { order, own, say: (word) => tell(word, order) })
    remember(order, sent)
    isBusy = false
    follow([wallet], order, sent)
  } catch (error) {
    isBusy = false
    const { word, detail } = troubleOf(error)
    tell(word, order, detail)
    say.isTrouble(true)
    enable(true)
    if (word === 'changed') document.dispatchEvent(new Event('outdated'))
  }
}

function follow([wallet]: readonly Wallet[], order: WalletOrder, sent: Sent): void {
  if (!wallet) return
  enable(false)
  if (followed === sent.hash) return
  followed = sent.hash
  tell('sent', order)
  const isOver = () => sentOf(order)?.hash !== sent.hash || !document.querySelector('[data-wallets]')
  void followSent(wallet.provider, sent, isOver).then((outcome) => {
    followed = undefined
    if (outcome === undefined) return
    tell(outcome, order)
    if (outcome === 'mined') return
    sessionStorage.removeItem(keyOf(order))
    say.isTrouble(true)
    enable(true)
  })
}

function enable(isOn: boolean): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-buttons] button')) {
    button.disabled = !isOn
    button.toggleAttribute('aria-busy', false)
  }
}

function tell(word: keyof ScriptWords, { network, coin }: WalletOrder, detail = ''): void {
  const names: Readonly<Record<string, string>> = { network, coin, rpc: detail, message: detail }
  say(wordsOf()[word].replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? ''))
}

/** By payment and amount: what is due changes when a part has come, and then there is something to pay again. */
function keyOf({ number, units }: WalletOrder): string {
  return `${location.pathname}#${number}-${units}`
}

function remember(order: WalletOrder, sent: Sent): void {
  sessionStorage.setItem(keyOf(order), JSON.stringify(sent))
}

function sentOf(order: WalletOrder): Sent | undefined {
  const kept = sessionStorage.getItem(keyOf(order))
  return kept === null ? undefined : (JSON.parse(kept) as Sent)
}
