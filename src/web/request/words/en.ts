import type { RequestWords } from './request-words.ts'

export const en: RequestWords = {
  payTitle: (name) => `Pay ${name}`,
  donateTitle: (name) => `Donation to ${name}`,
  intro: 'The money goes from your wallet straight into theirs. You see the exact amount before you send anything.',
  amount: 'Amount',
  amountHint: 'For example 25.00',
  currency: 'Currency',
  forWhat: 'What is it for?',
  forWhatHint: 'The recipient sees it. You can leave it empty.',
  choose: 'How do you want to pay?',
  choice: (symbol, chain) => `${symbol} on ${chain}`,
  pay: 'Continue to payment',
  donate: 'Continue to donation',
  nothing: 'No payments from wallets are taken here at the moment.',
  problems: {
    amount: 'Please type an amount, like 25.00.',
    choice: 'Please choose one of these.',
    price: 'There is no reliable price for this at the moment. Please choose something else, or try again in a minute.',
    tooMany: 'That was too often in a short time. Please try again in an hour.',
  },
  ask: {
    title: 'Ask to be paid',
    intro: 'You get a link to send to somebody. What they pay goes from their wallet straight into yours.',
    forWhatHint: 'Whoever pays sees it. You can leave it empty.',
    choose: 'What may it be paid in?',
    wallets: 'Paid into your wallet',
    signing:
      'Your wallet signs what you ask for, so that the link leads to an address of yours. Signing costs nothing and moves no money.',
    needsWallet:
      'This needs a wallet in your browser, like MetaMask. On a phone, open this page inside your wallet’s app.',
    open: (app) => `Open in ${app}`,
    demo: 'Use the sandbox’s demo wallet',
    script: {
      create: 'Create the link with {wallet}',
      unnamed: 'this wallet',
      confirm: 'Your wallet asks you to sign.',
      rejected: 'You did not sign, so there is no link yet.',
      failed: 'Your wallet could not sign: {message}',
      busy: 'The server cannot be reached. Please try again.',
    },
    readyTitle: 'Your link is ready',
    ready: 'Send it to whoever is to pay. You see here and on their page when it is paid. It is good for 30 days.',
    paidTitle: 'This was paid',
    code: 'Code that opens the payment on a phone',
    copy: 'Copy text and link',
    copied: 'Copied',
    mail: 'E-mail',
    share: (amount, forWhat) =>
      forWhat === '' ? `Could you please pay me ${amount}?` : `Could you please pay me ${amount} for ‘${forWhat}’?`,
    another: 'Ask for another payment',
    problems: {
      unsigned: 'The signature does not fit, or is too old. Please sign again.',
      isShop: 'A shop is paid at this address here. Please use another address, or the shop’s own pages.',
      full: 'This server takes no more addresses at the moment.',
    },
  },
}
