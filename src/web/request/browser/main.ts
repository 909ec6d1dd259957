import { findWallets, type Wallet } from '../../shared/browser/find-wallets.ts'
import { walletButton } from '../../shared/browser/wallet-button.ts'
import type { AskScriptWords } from '../ask/script-words.ts'

// Two pages: the form, which a wallet signs, and the link, which can be copied.
const form = document.querySelector<HTMLFormElement>('form[data-ask]')
if (form) findWallets((wallets) => showWallets(form, wallets))
showCopyButtons()

function showWallets(asking: HTMLFormElement, wallets: readonly Wallet[]): void {
  for (const note of asking.querySelectorAll<HTMLElement>('[data-without]')) note.hidden = wallets.length > 0
  asking.querySelector('[data-buttons]')?.replaceChildren(...wallets.map((wallet) => buttonOf(asking, wallet)))
}

function buttonOf(asking: HTMLFormElement, wallet: Wallet): HTMLButtonElement {
  const words = wordsOf()
  const text = words.create.replace('{wallet}', () => wallet.name ?? words.unnamed)
  return walletButton(wallet, text, (button) => {
    if (asking.reportValidity()) void press(asking, wallet, button)
  })
}

async function press(asking: HTMLFormElement, wallet: Wallet, button: HTMLButtonElement): Promise<void> {
  button.disabled = true
  try {
    await sign(asking, wallet)
    asking.submit()
  } catch (error) {
    // Whatever a wallet throws is for whoever asked it.
    const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
    const { rejected, failed } = wordsOf()
    say(code === 4001 ? rejected : failed.replace('{message}', () => String(message).slice(0, 200)))
    button.disabled = false
  }
}

/** Fills in who asks and their signature. A form that is wrong is sent without: the answer says what is wrong with it. */
async function sign(asking: HTMLFormElement, { provider }: Wallet): Promise<void> {
  const { confirm, busy } = wordsOf()
  const ask = <T>(method: string, ...params: readonly unknown[]) => provider.request({ method, params }) as Promise<T>
  say(confirm)
  const [account = ''] = await ask<string[]>('eth_requestAccounts')
  set(asking, 'account', account)
  const body = new URLSearchParams([...new FormData(asking)].map(([name, value]) => [name, String(value)]))
  const response = await fetch(asking.dataset.ask ?? '', { method: 'POST', body })
  if (response.status === 422) return
  if (!response.ok) throw new Error(busy)
  const { text, at } = (await response.json()) as { text: string; at: string }
  set(asking, 'at', at)
  set(asking, 'signature', await ask<string>('personal_sign', hexOf(text), account))
}

function set(asking: HTMLFormElement, name: string, value: string): void {
  const field = asking.elements.namedItem(name)
  if (field instanceof HTMLInputElement) field.value = value
}

function hexOf(text: string): string {
  return `0x${[...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

function wordsOf(): AskScriptWords {
  return JSON.parse(document.querySelector<HTMLElement>('[data-words]')?.dataset.words ?? '{}') as AskScriptWords
}

function say(text: string): void {
  const place = document.querySelector('[data-told]')
  if (place) place.textContent = text
}

function showCopyButtons(): void {
  if (!navigator.clipboard) return
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy][hidden]')) {
    button.hidden = false
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? '')
      say(button.dataset.copied ?? '')
    })
  }
}
