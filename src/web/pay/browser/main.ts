import { findWallets } from '../../shared/browser/find-wallets.ts'
import { showCopyButtons } from './copy-buttons.ts'
import { keepLive } from './live.ts'
import { setWallets, showButtons } from './wallet-buttons.ts'

document.documentElement.classList.add('scripted')
keepLive(() => {
  showCopyButtons()
  showButtons()
})
showCopyButtons()
findWallets(setWallets)
