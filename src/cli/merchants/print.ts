import type { Lending } from '../../db/merchant/lending.ts'
import type { Brand } from '../../domain/merchant/brand.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isoOf } from '../../kernel/instant.ts'
import { amountText, amountView, durationText, percentText, timeText } from '../print/format.ts'
import { facts } from '../print/table.ts'

/** What is not among the terms, where it was read. */
export type MerchantExtras = { readonly brand?: Brand; readonly lending?: Lending; readonly disabledAt?: Instant }

/** A merchant as `name  value` lines. `widgetToken` is known where it was just made. */
export function merchantFacts(terms: MerchantTerms, more: { widgetToken?: string } & MerchantExtras = {}): string[] {
  return facts([
    ['merchant', `${terms.id} (${terms.name})`],
    ['token prefix', terms.prefix],
    ['widget token', more.widgetToken],
    ['currency', terms.currency],
    ['fee', `${percentText(terms.feePpm)}, tax on it ${percentText(terms.feeTaxPpm)}`],
    ['orders', terms.products.map((each) => limitsText(each, terms.currency)).join('; ') || 'none agreed'],
    ['order expiry', `at most ${durationText(terms.maximumOrderExpiryMs)}`],
    ['expiry warning', `${durationText(terms.expiryWarningLeadMs)} before an authorization ends`],
    ['time zone', terms.timeZone],
    ['language', more.brand && (more.brand.language ?? "the browser's")],
    ['colour', more.brand && (more.brand.colour ?? 'the usual')],
    ['logo', more.brand && (more.brand.logoId === null ? 'none' : `/pictures/${terms.prefix}/${more.brand.logoId}`)],
    [
      'shoppers owe',
      more.lending &&
        `at most ${more.lending.mostOwed === null ? 'the usual' : `${more.lending.mostOwed} ${terms.currency}`}`,
    ],
    ['orders a day', more.lending && `at most ${more.lending.ordersPerDay ?? 'the usual'} of one shopper`],
    ['disabled', more.disabledAt && `since ${timeText(more.disabledAt)}`],
  ])
}

function limitsText({ product, minimum, maximum }: MerchantTerms['products'][number], currency: string): string {
  return `${product} ${amountText(minimum, currency)} to ${amountText(maximum, currency)}`
}

/** The same for `--json`. */
export function merchantView(terms: MerchantTerms, { disabledAt, brand, lending }: MerchantExtras = {}): object {
  return {
    id: terms.id,
    name: terms.name,
    prefix: terms.prefix,
    currency: terms.currency,
    feePartsPerMillion: terms.feePpm,
    feeTaxPartsPerMillion: terms.feeTaxPpm,
    maximumOrderExpiryMilliseconds: terms.maximumOrderExpiryMs,
    expiryWarningMilliseconds: terms.expiryWarningLeadMs,
    timeZone: terms.timeZone,
    ...(lending && { mostOwed: lending.mostOwed, ordersPerDay: lending.ordersPerDay }),
    ...(brand && { language: brand.language, colour: brand.colour, logoId: brand.logoId }),
    disabledAt: disabledAt === undefined ? null : isoOf(disabledAt),
    products: terms.products.map(({ product, minimum, maximum }) => ({
      product,
      minimum: amountView(minimum, terms.currency),
      maximum: amountView(maximum, terms.currency),
    })),
  }
}
