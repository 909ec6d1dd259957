import { Type } from 'typebox'
import type { Currency } from '../../../kernel/currency.ts'
import { decimalOf, money } from '../../../kernel/money.ts'

/** Money on this API: a decimal text and its currency, as people read it. */
export const moneySchema = Type.Object({ amount: Type.String(), currency: Type.String() })

export function moneyOf(currency: Currency, minor: bigint): { amount: string; currency: string } {
  return { amount: decimalOf(money(currency, minor)), currency }
}
