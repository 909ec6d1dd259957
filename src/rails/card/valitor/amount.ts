import { type Currency, exponentOf } from '../../../kernel/currency.ts'
import { decimalOf, type Money } from '../../../kernel/money.ts'

/**
 * `Upphaed` as the gateway wants it (valitor.md 2): whole currency units with a decimal comma. `100` is 100
 * krónur, `100,50` is 100.50 euros. Never hundredths of a currency that has none.
 */
export function amountOnWire(amount: Money): string {
  return decimalOf(amount).replace('.', ',')
}

/**
 * Minor units of an amount in an answer, with a comma or a dot. Undefined for what is not an amount of that currency: a
 * fraction finer than its minor unit is not rounded, since an answer that differs from the question is not an answer.
 */
export function amountFromWire(text: string, currency: Currency): bigint | undefined {
  const match = /^(\d{1,15})(?:[.,](\d{1,6}))?$/.exec(text)
  if (!match) return undefined
  const [, whole = '', fraction = ''] = match
  const exponent = exponentOf(currency)
  const significant = fraction.replace(/0+$/, '')
  if (significant.length > exponent) return undefined
  return BigInt(whole + significant.padEnd(exponent, '0'))
}
