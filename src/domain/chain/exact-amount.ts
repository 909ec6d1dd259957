import { assert } from '../../kernel/assert.ts'
import { type Currency, exponentOf } from '../../kernel/currency.ts'
import { addUnits, type TokenAmount, tokenAmount } from '../../kernel/token-amount.ts'
import type { OpenAmount } from './open-amount.ts'
import type { Price } from './price.ts'
import { priceScale } from './price.ts'

/**
 * How many steps an amount may be raised by, so that no two open payments ask one wallet for the same. With the step below, all of them
 * together are worth no more than one minor unit of the payment's currency, a cent, wherever the token is fine enough to say so.
 */
export const mostSteps = 9_999

/** Exchanges send no more than eight decimals, and nobody likes to copy more. */
const mostDecimals = 8

/** `minor` units of a currency in units of a token, rounded up, so that the merchant never gets less than was asked. */
export function unitsFor(minor: bigint, currency: Currency, price: Price, decimals: number): TokenAmount {
  assert(minor > 0n && price > 0n, 'a positive amount at a positive price')
  return tokenAmount(
    divideUp(minor * priceScale * 10n ** BigInt(decimals), price * 10n ** BigInt(exponentOf(currency))),
  )
}

/** The first exact amount for it: rounded up to the step, so that it is shown as it is charged. */
export function firstExactAmount(
  minor: bigint,
  currency: Currency,
  price: Price,
  decimals: number,
): { readonly units: TokenAmount; readonly step: TokenAmount } {
  const step = stepFor(currency, price, decimals)
  return { units: tokenAmount(divideUp(unitsFor(minor, currency, price, decimals), step) * step), step }
}

/** The smallest amount not in `taken`; undefined when all of them are. */
export function freeExactAmount(
  first: TokenAmount,
  step: TokenAmount,
  taken: ReadonlySet<TokenAmount>,
): TokenAmount | undefined {
  for (let steps = 0; steps <= mostSteps; steps++) {
    const raised = raisedBy(first, step, steps)
    if (!taken.has(raised)) return raised
  }
  return undefined
}

/** The exact amount that many steps above the first. */
export function raisedBy(first: TokenAmount, step: TokenAmount, steps: number): TokenAmount {
  return tokenAmount(first + BigInt(steps) * step)
}

/** What has been received is worth in the payment's currency, by the rate that was agreed on, to the nearest minor unit: dust is forgiven. */
export function minorOf(received: TokenAmount, asked: Pick<OpenAmount, 'units' | 'minor'>): bigint {
  return (2n * received * asked.minor + asked.units) / (2n * asked.units)
}

/** What further units are worth: what they add to the sum, so that parts make up the whole to the minor unit. */
export function minorAdded(amount: Pick<OpenAmount, 'received' | 'units' | 'minor'>, units: TokenAmount): bigint {
  return minorOf(addUnits(amount.received, units), amount) - minorOf(amount.received, amount)
}

/** The largest power of ten that is worth at most a ten-thousandth of a minor unit, within what token and people can handle. */
function stepFor(currency: Currency, price: Price, decimals: number): TokenAmount {
  const coarsest = 10n ** BigInt(Math.max(decimals - 2, 0))
  const finest = 10n ** BigInt(Math.max(decimals - mostDecimals, 0))
  const limit = unitsFor(1n, currency, price, decimals) / 10_000n
  let step = coarsest
  while (step > finest && step > limit) step /= 10n
  return tokenAmount(step)
}

function divideUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator
}
