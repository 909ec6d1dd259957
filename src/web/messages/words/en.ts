import type { MessageWords } from './message-words.ts'

export const en: MessageWords = {
  code: {
    subject: (code) => `Your code: ${code}`,
    text: (code, minutes) => `Your code is ${code}. It is valid for ${minutes} minutes.`,
    warning: 'Nobody from the shop or from us will ever ask you for it.',
  },
  pay_link: {
    subject: (shop) => `Your payment to ${shop}`,
    text: (shop, amount) => `${shop} asks you to pay ${amount}.`,
    button: 'Open the payment page',
  },
  invitation: {
    subject: (shop) => `You are invited to ${shop}`,
    text: (by, shop, days) =>
      `${by} invites you to the seller portal of ${shop}. The link works once, within ${days} days.`,
    warning: 'If you do not know the sender, leave it: nothing happens then.',
    button: 'Accept the invitation',
  },
  order_confirmed: {
    subject: (shop) => `Your order at ${shop} is confirmed`,
    text: (shop, total) => `Thank you: you bought for ${total} at ${shop}. This is when and what you pay:`,
    plan: 'Your payments',
  },
  charged_soon: {
    subject: (shop) => `Your next payment to ${shop}`,
    text: (amount, shop, date) => `On ${date} we take ${amount} for your order at ${shop} from your card.`,
  },
  charged: {
    subject: (amount) => `You have paid ${amount}`,
    text: (amount, shop) => `We took ${amount} for your order at ${shop}. Thank you.`,
    lateFee: (fee) => `Of this, ${fee} is the late fee.`,
  },
  charge_failed: {
    subject: 'Your payment could not be taken',
    text: (amount, shop) => `We could not take ${amount} for your order at ${shop}.`,
    next: (date) => `We try again on ${date}.`,
    lateFee: (fee, date) => `If it is not paid before ${date}, a late fee of ${fee} is added.`,
    help: 'You can pay now or choose another card in your account.',
  },
  refunded: {
    subject: (shop) => `Refund from ${shop}`,
    text: (amount, shop) => `${shop} refunds you ${amount}.`,
    toCard: (amount) => `${amount} goes back to your card. Your bank shows it within 5 to 10 working days.`,
    offPlan: (amount) => `${amount} was taken off the payments still to come.`,
  },
  cancelled: {
    subject: (shop) => `Your order at ${shop} is cancelled`,
    text: (total, shop) =>
      `Your order for ${total} at ${shop} was cancelled. Nothing more will be taken from your card.`,
  },
  late_fee: {
    subject: 'A late fee was added',
    text: (fee, shop, payable) =>
      `${fee} was added because a payment for your order at ${shop} is late. There are now ${payable} to pay for it.`,
    help: 'Please pay now in your account.',
  },
  late_fee_waived: {
    subject: 'Your late fee is waived',
    text: (fee, shop) =>
      `We take back the late fee of ${fee} for your order at ${shop}. Whatever you have paid of it goes back to your card.`,
  },
  overdue: {
    subject: 'A payment is overdue',
    text: (amount, shop) =>
      `${amount} for your order at ${shop} is overdue. Please pay it in your account; until then you cannot make new purchases.`,
  },
  card: (brand, last4) => `${brand} card ending in ${last4}`,
  account: 'Open your account',
  footer: 'You get this message because this address was used for a purchase or an account.',
}
