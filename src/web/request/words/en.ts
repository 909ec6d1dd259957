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
}
