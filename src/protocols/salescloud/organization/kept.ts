import type { KeptBecause } from '../../../domain/catalogue/file/deletion.ts'
import { Refused } from './errors.ts'

type Words = { readonly [R in KeptBecause['reason']]: (why: Extract<KeptBecause, { reason: R }>) => string }

const withdraw = 'To withdraw it, set enabled to false.'

/** What stands in the way of a deletion, and what to do instead. */
const words: Words = {
  has_orders: () => `Orders name it, and must stay readable and refundable. ${withdraw}`,
  enabled: () => 'It is enabled, and a payment may be on its way through it. Set enabled to false first.',
  has_units: ({ count }) => `Units at this location: ${count}. Delete or move them first. ${withdraw}`,
  used: ({ count }) => `Uses of this coupon: ${count}. ${withdraw}`,
  seats_sold: ({ count }) => `Seats sold: ${count}. ${withdraw}`,
  in_rules: ({ count }) => `Discount rules that ask for it: ${count}. Change them first. ${withdraw}`,
}

/** 409 in the envelope: nothing was deleted. */
export function keptBecause(why: KeptBecause): Refused {
  // The record has a function for exactly this reason; TypeScript cannot follow the pairing through the index.
  const word = words[why.reason] as (why: KeptBecause) => string
  return new Refused(409, 'in_use', word(why))
}
