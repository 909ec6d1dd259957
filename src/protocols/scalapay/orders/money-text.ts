import type { Currency } from '../../../kernel/currency.ts'
import { decimalOf } from '../../../kernel/money.ts'

/** `{"amount":"190.00","currency":"EUR"}`: how every answer but three prints money. */
export function amountText(minor: bigint, currency: Currency): string {
  return `{"amount":"${decimalOf({ currency, minor })}","currency":"${currency}"}`
}

/** `113.56`, `40.7`, `190`: a bare JSON number with the digits it needs, made without a binary float. */
export function numberText(minor: bigint, currency: Currency): string {
  const decimal = decimalOf({ currency, minor })
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}
