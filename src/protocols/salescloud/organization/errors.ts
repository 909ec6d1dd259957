import type { RejectionOf } from '../../../domain/payment/rejection.ts'
import type { PaymentState } from '../../../domain/payment/state.ts'
import { decimalOf } from '../../../kernel/money.ts'
import { inWords, type Words } from '../../../kernel/words.ts'
import { keyReused, notFound, type Refusal, refusal } from '../../shared/refusal.ts'

/** What the engine may say to a refund or a void. */
const words: Words<RejectionOf<'start_attempt'>, Refusal> = {
  unknown_payment: () => notFound('order'),
  wrong_state: ({ state }) =>
    conflict('wrong_state', wrongState[state] ?? `The payment is ${state}: nothing of it can be given back.`),
  amount_not_positive: () => conflict('nothing_left', 'Nothing is left to give back.'),
  amount_exceeds_open: ({ open, currency }) =>
    conflict('amount_too_high', `At most ${decimalOf({ currency, minor: open })} ${currency} can be given back.`),
  amount_below_minimum: ({ minimum, currency }) =>
    conflict('amount_too_low', `Only the whole can be voided: ${decimalOf({ currency, minor: minimum })} ${currency}.`),
  // Of a product that a shopper chooses: nothing is chosen when money goes back.
  amount_above_maximum: () => conflict('amount_too_high', 'The amount is above the limit of its product.'),
  product_not_agreed: () => conflict('wrong_state', 'The payment is of another product.'),
  operation_in_progress: () =>
    conflict('operation_in_progress', 'Another operation on this payment is not finished. Try again later.'),
  key_reused: () => keyReused,
}

/** What stands in the way of giving money back, and what to do instead. */
const wrongState: Readonly<Partial<Record<PaymentState, string>>> = {
  created: 'The payment is not finished yet, so there is nothing to give back. Read the order again in a moment.',
  failed: 'The payment failed: no money was taken, so there is nothing to give back.',
  refunded: 'The whole payment has been refunded already. Nothing is left to give back.',
  voided: 'The payment has been voided already. Nothing is left to give back.',
  partially_refunded:
    'Part of the payment has been refunded, so it cannot be voided any more. Refund the rest instead.',
}

export function refusedByEngine(rejection: RejectionOf<'start_attempt'>): Refusal {
  return inWords(words, rejection)
}

function conflict(code: string, message: string): Refusal {
  return refusal(409, code, message)
}
