import { InvalidArgumentError } from 'commander'
import type { LateFeeStage } from '../../domain/instalments/late-fee-terms.ts'
import { instalmentCurrency } from '../../domain/instalments/products.ts'
import { countries } from '../../domain/shopper/profile.ts'
import { minorFromDecimal } from '../../kernel/money.ts'

/** For an option that may be repeated: `1:1.20`, a fee of 1.20 after one day. */
export function collectStage(text: string, before: readonly LateFeeStage[] = []): readonly LateFeeStage[] {
  const [, days, amount] = /^(\d{1,2}):(\d{1,6}(?:\.\d{1,2})?)$/.exec(text) ?? []
  if (days === undefined || amount === undefined)
    throw new InvalidArgumentError('It must be a number of days and an amount, like 1:1.20.')
  return [...before, { afterDays: Number(days), amount: readFeeAmount(amount) }]
}

/** Minor units of `1.20`. */
export function readFeeAmount(text: string): bigint {
  const minor = /^\d{1,6}(?:\.\d{1,2})?$/.test(text) ? minorFromDecimal(text, instalmentCurrency) : undefined
  if (minor !== undefined && minor > 0n) return minor
  throw new InvalidArgumentError(`It must be an amount of ${instalmentCurrency} above nothing, like 1.20.`)
}

export function readCountry(text: string): string {
  const country = text.toUpperCase()
  if (countries.some((each) => each === country)) return country
  throw new InvalidArgumentError(`It must be one of ${countries.join(', ')}.`)
}
