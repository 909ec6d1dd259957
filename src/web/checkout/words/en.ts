import type { Words } from './words.ts'

export const en: Words = {
  orderReference: 'Order',
  planTitle: 'Your payments',
  today: 'Today',
  heading: {
    instalments: (count) => `in ${count} payments, without interest`,
    later: (date) => `to pay by ${date}, without interest`,
  },
  formTitle: 'Pay by card',
  payToday: (amount) => `Pay ${amount} today`,
  payLater: 'Confirm and pay later',
  cancel: 'Cancel and go back to the shop',
  privacy: 'The shop never sees your card details.',
  backToShop: 'Back to the shop',
  refresh: 'Check again',
  notices: {
    howItWorks: {
      title: 'Buy now, pay over time',
      text: 'Choose it at the checkout of your shop and confirm with your card. You pay in 3 or 4 monthly payments, the first one today, or all of it after 14 days. There is no interest.',
    },
    checking: {
      title: 'We are checking your payment',
      text: 'Your bank is taking longer than usual to answer. Please do not pay again: this order cannot be charged twice.',
    },
    paid: { title: 'Your payment is approved', text: 'Go back to the shop to finish your order.' },
    paidByLink: { title: 'Your payment is approved', text: 'There is nothing left to do: you can close this page.' },
    expired: {
      title: 'This payment has expired',
      text: 'It took too long, so the order was closed and nothing was charged. You can start again in the shop.',
    },
    ended: {
      title: 'This order is closed',
      text: 'There is nothing left to pay. If you have a question, the shop can help you.',
    },
    unknown: {
      title: 'We cannot find this payment',
      text: 'The link may be incomplete. Please go back to the shop and open the payment from there again.',
    },
  },
  chooseProduct: 'How do you want to pay?',
  products: { instalments: (count) => `Pay in ${count}`, later: 'Pay later' },
  profile: {
    title: 'Tell us who you are',
    text: 'We ask once, to open your account.',
    labels: {
      givenNames: 'First name',
      surname: 'Last name',
      birthDate: 'Date of birth',
      address: 'Street and number',
      postcode: 'Postcode',
      city: 'City',
      country: 'Country',
    },
    birthDateHint: 'Day/month/year, such as 31/01/1990',
    other: { email: 'E-mail for receipts', sms: 'Mobile number for news of your payments' },
    otherHint: 'You can leave this empty.',
    problems: {
      missing: 'Fill in this field',
      format: 'Check this field',
      too_young: 'You must be 18 or older to buy this way',
    },
    button: 'Continue',
    problemsTitle: 'Please check what you filled in',
  },
  confirmTitle: 'Check and confirm',
  payWith: 'Pay with',
  savedCard: (brand, last4) => `${brand} ending in ${last4}`,
  anotherCard: 'Another card',
  cardIsKept: 'We keep the card for the payments to come. You can change it in your account.',
  terms: {
    instalments: 'By confirming you agree to pay on these days, and that we take each payment from this card.',
    later: (date) => `By confirming you agree that we take the whole amount from this card on ${date}.`,
  },
  lateFeeStage: (amount, days) => `${amount} once a payment is ${days} ${days === 1 ? 'day' : 'days'} late`,
  lateFees: (stages, most, share) =>
    `If you pay late, a fee is added: ${stages}; no more than ${most} for each payment and ${share} of the order.`,
  signedInAs: (contact) => `You are ${contact}.`,
  timeLeft: 'Time left:',
  refused: {
    title: 'We cannot offer you this purchase',
    amount_out_of_limits:
      'The amount is outside of what this shop lets you pay this way. Please choose another way to pay in the shop.',
    shopper_blocked: 'Your account cannot be used for new purchases. Please choose another way to pay in the shop.',
    instalments_overdue: 'A payment of yours is overdue. Pay it in your account, then you can buy again.',
    exposure_too_high:
      'With this order you would owe more than we can lend you now. Pay something off in your account, or choose another way to pay in the shop.',
    too_many_orders:
      'You have confirmed several orders today. Please try again tomorrow, or choose another way to pay in the shop.',
    card_expires_too_early: 'This card ends before your last payment. Please use a card that is valid for longer.',
  },
  bank: {
    title: 'Your bank wants to check that it is you',
    text: 'Please go on to your bank. You come back here by yourself.',
    button: 'Go on to the bank',
  },
  somebodyElses: {
    title: 'This order belongs to somebody else',
    text: 'It was confirmed from another account. If that was you, sign in with that number or address.',
  },
  noAcquirer: { title: 'This shop takes no payments here now', text: 'Please choose another way to pay in the shop.' },
  change: 'Change',
}
