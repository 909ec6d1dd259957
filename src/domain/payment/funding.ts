/**
 * Where the money comes from that a captured payment stands for, decided where the payment is made:
 * - `shopper`: the operator funds the merchant, and the shopper owes the operator (buy now, pay later)
 * - `acquirer`: the card acquirer owes it to the operator
 * - `none`: it is in the merchant's own wallet already, and the operator only takes its fee
 */
export type Funding = 'shopper' | 'acquirer' | 'none'
