import { InvalidArgumentError } from 'commander'
import { instalmentCurrency, instalmentProducts } from '../../domain/instalments/products.ts'
import type { ProductLimits } from '../../domain/merchant/terms.ts'
import { currencyOf } from '../../kernel/currency.ts'
import { minorFromDecimal } from '../../kernel/money.ts'
import { CliError } from '../cli-error.ts'

/** As typed: the amounts can be read once the currency is known. */
export type ProductText = { readonly product: string; readonly minimum: string; readonly maximum: string }

const form = /^([a-z0-9][a-z0-9_-]{0,39}):(\d{1,15}(?:\.\d{1,4})?)-(\d{1,15}(?:\.\d{1,4})?)$/

/** For an option that may be repeated: `pay-in-3:5.00-2000.00`. */
export function collectProduct(text: string, before: readonly ProductText[] = []): readonly ProductText[] {
  const [, product, minimum, maximum] = form.exec(text) ?? []
  if (product === undefined || minimum === undefined || maximum === undefined)
    throw new InvalidArgumentError('It must be a name and two amounts, like pay-in-3:5.00-2000.00.')
  return [...before, { product, minimum, maximum }]
}

const usual = instalmentProducts.map((product) => ({ product, minimum: '5', maximum: '2000' }))

/**
 * In minor units of the currency; without any typed, all that are sold in instalments, if they are in that currency. An amount finer than
 * the currency is refused, not rounded: it is a limit somebody meant.
 */
export function productLimits(given: readonly ProductText[] | undefined, code: string): ProductLimits[] {
  const currency = currencyOf(code)
  if (currency === undefined) throw new CliError('the currency must be an ISO 4217 code that Tercet knows, like EUR')
  const products = given ?? (code === instalmentCurrency ? usual : [])
  return products.map(({ product, minimum, maximum }) => ({
    product,
    minimum: exact(minimum),
    maximum: exact(maximum),
  }))

  function exact(text: string): bigint {
    const minor = currency === undefined ? undefined : minorFromDecimal(text, currency)
    const finer = currency === undefined ? undefined : minorFromDecimal(`${text}e4`, currency)
    if (minor !== undefined && finer === minor * 10_000n) return minor
    throw new CliError(`${text} is not an amount of ${code}`)
  }
}
