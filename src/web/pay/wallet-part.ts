import { coin } from '../../domain/chain/address.ts'
import type { Chain } from '../../domain/chain/chain.ts'
import { dueUnits } from '../../domain/chain/open-amount.ts'
import { type Html, html } from '../shared/html.ts'
import { choiceName } from '../shared/payment-choice.ts'
import type { WalletOrder } from './live/wallet-order.ts'
import { amountText, type PayView } from './pay-view.ts'
import { type Amount, choiceOf } from './stage.ts'

/**
 * Where the script puts a button for each wallet of the browser; nothing without script. What the button names is what the server hands out when it
 * is pressed, or nothing is sent.
 */
export function walletPart(view: PayView, amount: Amount): Html {
  const { words } = view
  const order = orderOf(view, amount)
  return html`<p class="said" role="status" data-told></p>
<div data-part="wallet">${
    order &&
    html`<section class="wallets" aria-labelledby="wallets" data-wallets="${JSON.stringify(order)}" hidden>
<h2 id="wallets">${words.wallets.title}</h2>
<div data-buttons></div>
<p class="small">${words.wallets.straight}</p>
</section>`
  }${demoPart(view, amount)}</div>`
}

/** A sandbox whose chain does not run here has none that a wallet could be told apart from the real one. */
function orderOf(view: PayView, amount: Amount): WalletOrder | undefined {
  const choice = choiceOf(view.choices, amount)
  const text = amountText(view, amount, dueUnits(amount))
  if (!choice || !text) return undefined
  const { chain, token } = choice
  const genesis = view.genesis.get(chain.id) ?? null
  if (chain.isLocal && genesis === null) return undefined
  return {
    number: amount.number,
    units: String(dueUnits(amount)),
    amount: text,
    chainId: `0x${chain.id.toString(16)}`,
    network: chain.name,
    coin: chain.coin,
    isCoin: token.address === coin,
    genesis,
    add: additionOf(chain),
  }
}

/** EIP-3085. An endpoint of the operator's own is never told: its address may hold a key. */
function additionOf({ id, name, coin: symbol, walletRpcUrl, explorerUrl }: Chain): WalletOrder['add'] {
  if (walletRpcUrl === null) return null
  return {
    chainId: `0x${id.toString(16)}`,
    chainName: name,
    nativeCurrency: { name: symbol, symbol, decimals: 18 },
    rpcUrls: [walletRpcUrl],
    ...(explorerUrl !== null && { blockExplorerUrls: [explorerUrl] }),
  }
}

/** The sandbox's own wallet. It has a frame and a name of its own: nobody takes it for something that a real shop has. */
function demoPart({ choices, genesis, own, setting, words }: PayView, amount: Amount): Html | undefined {
  const choice = choiceOf(choices, amount)
  const text = amountText({ choices }, amount, dueUnits(amount))
  if (!choice?.chain.isLocal || !genesis.has(choice.chain.id) || !text) return undefined
  return html`<section class="demo" aria-labelledby="demo">
<h2 id="demo"><span class="badge badge-note">${setting.common.sandbox}</span> ${words.demo.title}</h2>
<p>${words.demo.text}</p>
<form method="post" action="${own}/demo"><input type="hidden" name="choice" value="${choiceName(choice.chain.id, choice.token.symbol)}">
<button class="button" type="submit">${words.demo.pay(text)}</button></form>
</section>`
}
