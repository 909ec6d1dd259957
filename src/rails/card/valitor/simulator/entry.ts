import { Type } from 'typebox'

/** One line of the simulator's book: what was asked under a reference and what became of it. Of a card only last four. */
export const Entry = Type.Object({
  reference: Type.String(),
  /** the gateway's word; `KVITTUN` marks a reference that was asked about before it was used, and is closed */
  operation: Type.String(),
  /** `00` approved, `404` closed, anything else declined */
  code: Type.String(),
  /** minor units */
  minor: Type.String({ pattern: '^\\d+$' }),
  currency: Type.String(),
  last4: Type.Union([Type.String({ pattern: '^\\d{4}$' }), Type.Null()]),
  cardType: Type.Union([Type.String(), Type.Null()]),
  /** its own number, when approved */
  transaction: Type.Union([Type.Integer(), Type.Null()]),
  /** the transaction that it captures, refunds or voids */
  original: Type.Union([Type.Integer(), Type.Null()]),
})

export type Entry = Type.Static<typeof Entry>

export const approvedCode = '00'
