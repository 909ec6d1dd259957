import type { Wallet } from './find-wallets.ts'

/** A button with the wallet's picture, where it has one, and a text. */
export function walletButton(
  { icon }: Wallet,
  text: string,
  press: (button: HTMLButtonElement) => void,
): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  if (icon !== undefined) {
    const picture = document.createElement('img')
    picture.src = icon
    picture.alt = ''
    button.append(picture)
  }
  const label = document.createElement('span')
  label.textContent = text
  button.append(label)
  button.addEventListener('click', () => press(button))
  return button
}
