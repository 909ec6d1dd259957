import type { FailureReason } from '../../../domain/payment/failure.ts'

/**
 * Every `errorCode` that leaves this API. 0 and 3 are SalesCloud's; the other numbers are ours and never change their meaning
 * (docs/protocols/salescloud.md). 20 and above come with 200: a payment was requested. 3 as well; all others come with 404.
 */
export const codes = {
  approved: 0,
  invalid_request: 1,
  unknown_address: 2,
  declined: 3,
  currency_not_allowed: 4,
  amount_mismatch: 5,
  duplicate_request: 6,
  unavailable: 7,
  rate_limited: 8,
  namespace_mismatch: 9,
  amount_not_allowed: 10,
  not_in_catalogue: 11,
  not_sold_like_this: 12,
  sold_out: 13,
  coupon_refused: 14,
  internal_error: 15,
  expired_card: 20,
  insufficient_funds: 21,
  suspected_fraud: 22,
  incorrect_security_code: 23,
  invalid_expiry: 24,
  not_permitted: 25,
  limit_exceeded: 26,
  authentication_required: 27,
  issuer_unavailable: 28,
  processing_error: 29,
  outcome_unknown: 30,
} as const

export type CodeName = keyof typeof codes

/** What each code says, unless the answer knows more (the computed total, the field). */
export const messages: Readonly<Record<CodeName, string>> = {
  approved: 'The payment was approved.',
  invalid_request: 'The request is not valid.',
  unknown_address: 'Not found.',
  declined: 'The card was declined.',
  currency_not_allowed: 'The currency is not allowed for this payment method.',
  amount_mismatch: 'The amount is not the total of the order.',
  duplicate_request: 'The requestId was used for another request.',
  unavailable: 'The service cannot answer at the moment. Ask again with the same requestId.',
  rate_limited: 'Too many requests. Try again later.',
  namespace_mismatch: 'The namespace is not that of the payment instance.',
  amount_not_allowed: 'The amount is not allowed for this payment method.',
  not_in_catalogue: 'Something in the order does not exist.',
  not_sold_like_this: 'Something in the order is not sold like this.',
  sold_out: 'Something in the order is sold out.',
  coupon_refused: 'The coupon cannot be used for this order.',
  internal_error: 'Something went wrong on our side.',
  expired_card: 'The card has expired.',
  insufficient_funds: 'The card has insufficient funds.',
  suspected_fraud: 'The card was declined for suspected fraud.',
  incorrect_security_code: 'The security code is incorrect.',
  invalid_expiry: 'The expiry date is incorrect.',
  not_permitted: 'The card does not permit this payment.',
  limit_exceeded: 'The amount exceeds a limit of the card.',
  authentication_required: 'The card requires authentication of its holder.',
  issuer_unavailable: 'The issuer of the card could not be reached.',
  processing_error: 'The payment could not be processed.',
  outcome_unknown: 'The outcome of the payment is unknown. If the card was charged, the charge will be reversed.',
}

/** What a decline is called here. A lost card is merely declined: its finder learns nothing. */
export const declineCode: Readonly<Record<FailureReason, CodeName>> = {
  card_declined: 'declined',
  insufficient_funds: 'insufficient_funds',
  expired_card: 'expired_card',
  invalid_card_number: 'declined',
  invalid_expiry: 'invalid_expiry',
  incorrect_security_code: 'incorrect_security_code',
  lost_or_stolen_card: 'declined',
  suspected_fraud: 'suspected_fraud',
  not_permitted: 'not_permitted',
  limit_exceeded: 'limit_exceeded',
  authentication_required: 'authentication_required',
  issuer_unavailable: 'issuer_unavailable',
  duplicate: 'processing_error',
  processing_error: 'processing_error',
  outcome_unknown: 'outcome_unknown',
}
