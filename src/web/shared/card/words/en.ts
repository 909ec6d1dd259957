import type { CardWords } from './card-words.ts'

const another = 'Nothing was charged. Please use another card.'

export const en: CardWords = {
  labels: { number: 'Card number', expiry: 'Expiry date', code: 'Security code' },
  hints: { expiry: 'Month/year: MM/YY', code: '3 or 4 digits' },
  testCards: {
    title: 'Cards to test with',
    approved: 'Approved',
    declined: 'Declined',
    rest: 'Any expiry date in the future and any security code will do.',
  },
  problemsTitle: 'Please check your card details',
  problems: {
    number_missing: 'Enter your card number',
    number_format: 'Check the card number: a digit is missing or mistyped',
    expiry_missing: 'Enter the expiry date',
    expiry_format: 'Enter the expiry date as month and year, such as 04/29',
    expiry_past: 'This card has expired: enter a date in the future',
    code_missing: 'Enter the security code',
    code_format: 'The security code has 3 or 4 digits',
  },
  declinedTitle: 'Your card was not accepted',
  declined: {
    card_declined: `Your bank declined the payment. ${another}`,
    insufficient_funds: `There is not enough money available on this card. ${another}`,
    expired_card: `This card has expired. ${another}`,
    invalid_card_number:
      'There is no card with this number. Nothing was charged. Please check it, or use another card.',
    invalid_expiry: 'The expiry date does not fit the card. Nothing was charged. Please check it.',
    incorrect_security_code: 'The security code does not fit the card. Nothing was charged. Please check it.',
    lost_or_stolen_card: `Your bank declined the payment. ${another}`,
    suspected_fraud: `Your bank declined the payment. ${another}`,
    not_permitted: `This card cannot be used for this payment. ${another}`,
    limit_exceeded: `The payment is above the limit of this card. ${another}`,
    authentication_required: `Your bank could not confirm that it is you. ${another}`,
    issuer_unavailable: 'Your bank did not answer. Nothing was charged. Please try again, or use another card.',
    duplicate: 'The payment did not go through. Nothing was charged. Please try again.',
    processing_error: 'The payment did not go through. Nothing was charged. Please try again, or use another card.',
    outcome_unknown: 'The payment did not go through. Please try again, or use another card.',
  },
}
