import type { PayWords } from './pay-words.ts'

export const en: PayWords = {
  title: (shop) => `Pay ${shop}`,
  choose: 'How do you want to pay?',
  chooseHint: 'The money goes from your wallet straight into the shop’s. Choose what you have.',
  choice: (symbol, chain) => `${symbol} on ${chain}`,
  show: 'Continue',
  other: 'Pay with something else',
  cancel: 'Cancel and go back to the shop',
  back: 'Back to the shop',
  lookAgain: 'Look for my payment',
  nothing: 'The shop takes no payments from wallets at the moment. Go back to it and choose another way to pay.',
  starting:
    'The sandbox’s test networks are not running yet. Look again in a few seconds; if they cannot run on this machine, the server’s log says why.',
  waiting: 'Waiting for your payment.',
  priceEnded:
    'That price has ended. Choose again for a new amount. If you have sent the last one already, do nothing: it is still looked for.',
  part: (arrived, rest) => `${arrived} has arrived. Still missing: ${rest}. Send the rest to the same address.`,
  confirming: (count, needed) => `${count} of ${needed} confirmations`,
  mayLeave: 'You need not wait here: the shop is told when it is done.',
  holdsFor: 'This price holds for',
  until: 'This price holds until',
  send: {
    title: 'Send exactly this amount',
    rest: 'Send exactly the rest',
    amount: 'Amount',
    to: 'To',
    network: 'Network',
    token: 'Token contract',
    copy: (what) => `Copy: ${what}`,
    warning: (chain, symbol) =>
      `Send ${symbol} on ${chain} and nothing else. On another network, or as another token, the money would be lost.`,
    test: 'This network is a test that runs inside the sandbox. Never send real money to this address.',
    exact:
      'The last digits tell your payment from others: do not round the amount. An exchange may take its fee off what arrives.',
    qr: 'Code for your wallet: network, address and amount',
    wallet: 'Open in a wallet on this device',
  },
  phone: {
    title: 'Pay on your phone',
    text: 'Scan this with your phone’s camera: the same page opens there.',
    qr: 'Code that opens this page on a phone',
    open: (app) => `Open in ${app}`,
  },
  wallets: {
    title: 'Pay from your wallet',
    straight: 'Your wallet shows the amount once more before you confirm.',
  },
  demo: {
    title: 'Demo wallet',
    text: 'Only in the sandbox: it pays with test money, without an extension and without a key.',
    pay: (amount) => `Pay ${amount} from the demo wallet`,
  },
  stray: (amount) =>
    `${amount} came to the shop’s wallet and could not be counted for this payment: it came too late, twice, or with another amount. Nothing is lost. Tell the shop, which can accept it or send it back.`,
  over: (amount) =>
    `You have sent ${amount} more than was asked. It is in the shop’s wallet: ask the shop to send it back.`,
  late: 'Your payment came after its price had ended, and was accepted all the same.',
  returning: 'You are taken back to the shop in a moment.',
  partKept: (amount) =>
    `${amount} of it has arrived and is in the shop’s wallet. Ask the shop to send it back, or to make a request for the rest.`,
  notices: {
    confirming: {
      title: 'Your payment has arrived',
      text: 'The network is confirming it, which takes a moment. Do not send anything again.',
    },
    paid: { title: 'Paid', text: 'The shop has your payment and knows of it.' },
    expired: {
      title: 'This request has ended',
      text: 'Do not send anything any more. Ask the shop for a new request. If you have sent the money already, wait: it is still looked for.',
    },
    cancelled: {
      title: 'This request was cancelled',
      text: 'Do not send anything any more. Ask the shop for a new request.',
    },
    unknown: { title: 'There is no such payment', text: 'Check the address, or ask the shop for a new link.' },
  },
  refused: {
    not_offered: 'The shop does not take this. Choose something else.',
    not_open: 'This payment is not open any more.',
    no_free_amount: 'Too many people pay at this moment. Try again in a minute, or choose another token.',
    no_price: 'There is no reliable price for this at the moment. Choose something else, or try again in a minute.',
    price_in_doubt:
      'There is no reliable price for this at the moment. Choose something else, or try again in a minute.',
    not_sent: 'The demo wallet could not send it. Try again in a moment.',
  },
  script: {
    pay: 'Pay {amount} with {wallet}',
    unnamedWallet: 'your browser’s wallet',
    noWallet: 'No wallet was found in this browser. Pay on your phone, or send the amount from any wallet.',
    connecting: 'Allow the connection in your wallet.',
    switching: 'Allow your wallet to switch to {network}.',
    confirm: 'Check the amount and confirm in your wallet.',
    sent: 'Sent. Waiting for the network to take it.',
    mined: 'The network has it. It shows here in a moment.',
    replaced:
      'Your wallet has replaced or cancelled the transaction. If you sped it up, it shows here in a moment. If you cancelled it, nothing was paid and you can pay again.',
    reverted: 'The network refused the transaction, and nothing was paid. Check your balance and try again.',
    copied: 'Copied',
    changed: 'What is due has changed. Look at the new amount and press again.',
    busy: 'The page could not ask the server. Check your connection and press again.',
    rejected: 'You declined in your wallet. Nothing was sent.',
    pending: 'Your wallet has a question open already. Open the wallet and answer it there.',
    locked: 'Your wallet did not allow it. Unlock it, connect an account, and press again.',
    offline: 'Your wallet has no connection to {network}. Check it in the wallet and press again.',
    wrongNetwork: 'Your wallet is on another network. Switch it to {network} and press again. Nothing was sent.',
    addByHand: 'Your wallet does not know {network}. Add it in the wallet’s settings and press again.',
    realNetwork:
      'Your wallet is on the real {network}, and this is a test: nothing was sent. Set the network’s RPC address in your wallet to {rpc}.',
    insufficient:
      'This account does not hold enough on {network}. Choose another account in your wallet, or pay with something else.',
    noFee: 'This account has no {coin} for the network’s fee. Add a little, or choose another account.',
    failed: 'Your wallet could not do it. It says: {message}',
  },
}
