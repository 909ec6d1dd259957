import type { AccountWords } from './account-words.ts'

export const en: AccountWords = {
  title: 'Your account',
  plans: {
    title: 'Your purchases',
    none: 'You have no purchases yet.',
    owed: 'Still to pay',
    instalment: (number, count) => `Payment ${number} of ${count}`,
  },
  statuses: { scheduled: 'Scheduled', paid: 'Paid', overdue: 'Overdue', cancelled: 'Cancelled' },
  lateFee: (amount) => `late fee of ${amount}`,
  payNow: 'Pay now',
  payAll: 'Pay all',
  payAllHint: (count) => `Your bank statement shows this as ${count} payments.`,
  results: {
    paid: 'Paid. Thank you.',
    declined: 'Your card was declined. Please use another one.',
    unknown: 'Your bank has not answered yet. We charge nothing twice.',
    nothing_done: 'There was nothing to pay.',
    changed: 'The amount has changed meanwhile. Please look again.',
  },
  cards: {
    title: 'Your cards',
    none: 'You have no saved cards.',
    isDefault: 'Default',
    makeDefault: 'Make default',
    remove: 'Remove',
    inUse: 'A card of an open purchase can be removed once it is paid.',
  },
  sessions: { title: 'Where you are signed in', here: 'This device', end: 'End', endAll: 'Sign out everywhere' },
  data: {
    title: 'Your data',
    download: 'Download',
    language: 'Language of our messages',
    save: 'Save',
    erase: 'Delete my account',
  },
  erasing: {
    title: 'Delete your account?',
    text: 'We forget your name, your contacts, your cards and our messages for good. What you bought stays in the books of the shops, without your account.',
    confirm: 'Delete for good',
    keep: 'Keep my account',
    open: 'Something is still open: once everything is paid, you can delete your account.',
    done: { title: 'Your account is deleted', text: 'We keep nothing of you but the amounts in the books. Thank you.' },
  },
  receipt: {
    title: 'Receipt',
    print: 'Print',
    payments: 'Payments',
    paidBack: 'Paid back',
    back: 'Back to your account',
  },
}
