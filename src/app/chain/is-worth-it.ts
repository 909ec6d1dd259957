import type { Chain } from '../../domain/chain/chain.ts'
import { unitsFor } from '../../domain/chain/exact-amount.ts'
import { leastUnits, type OpenAmount } from '../../domain/chain/open-amount.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { TokenAmount } from '../../kernel/token-amount.ts'
import type { PriceBook } from '../../rails/quotes/price-book.ts'

/** Whether units are worth an amount's money at the price of now, its tolerance granted. Not when there is no price: then its merchant decides. */
export function isWorthIt(
  prices: PriceBook,
  chain: Chain,
  { token, currency, minor, tolerancePpm }: OpenAmount,
  units: TokenAmount,
  now: Instant,
): boolean {
  const known = chain.tokens.find(({ address }) => address === token)
  const agreed = known && prices.price(known, currency, now)
  if (!known || !agreed?.ok) return false
  return units >= leastUnits({ units: unitsFor(minor, currency, agreed.value.price, known.decimals), tolerancePpm })
}
