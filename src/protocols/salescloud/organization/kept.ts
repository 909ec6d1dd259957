import type { KeptBecause } from '../../../domain/catalogue/file/deletion.ts'
import { inWords, type Words } from '../../../kernel/words.ts'
import { type Refusal, refusal } from '../../shared/refusal.ts'

const withdraw = 'To withdraw it, set enabled to false.'

/** What stands in the way of a deletion, and what to do instead. */
const words: Words<KeptBecause, string> = {
  has_orders: () => `Orders name it, and must stay readable and refundable. ${withdraw}`,
  enabled: () => 'It is enabled, and a payment may be on its way through it. Set enabled to false first.',
  has_units: ({ count }) => `Units at this location: ${count}. Delete or move them first. ${withdraw}`,
  used: ({ count }) => `Uses of this coupon: ${count}. ${withdraw}`,
  seats_sold: ({ count }) => `Seats sold: ${count}. ${withdraw}`,
  in_rules: ({ count }) => `Discount rules that ask for it: ${count}. Change them first. ${withdraw}`,
}

/** 409 in the envelope: nothing was deleted. */
export function keptBecause(why: KeptBecause): Refusal {
  return refusal(409, 'in_use', inWords(words, why))
}
