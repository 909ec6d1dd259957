import type { Command } from 'commander'
import { addMerchant } from '../../app/merchant/add-merchant.ts'
import { listMerchants } from '../../db/merchant/merchants.ts'
import { instalmentProducts } from '../../domain/instalments/products.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { amountText, amountView, durationText, percentText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { facts, table } from '../print/table.ts'
import { readDuration } from '../read/duration.ts'
import { collectProduct, type ProductText, productLimits } from '../read/product.ts'
import { readPercent } from '../read/values.ts'

type AddOptions = OutputOptions & {
  readonly currency: string
  readonly fee: number
  readonly feeTax: number
  readonly product?: readonly ProductText[]
  readonly orderExpiry: number
  readonly warning: number
  readonly timeZone: string
}

/** `tercet merchants add|list`. */
export function addMerchants(program: Command, io: Io): void {
  const merchants = program.command('merchants').description('the shops that take money through this server')
  merchants
    .command('add')
    .description('add a merchant')
    .argument('<name>', 'what shoppers read')
    .option('--currency <code>', 'ISO 4217, of its orders and its ledger', 'EUR')
    .option('--fee <percent>', 'of what is captured', readPercent, 0)
    .option('--fee-tax <percent>', 'tax on that fee', readPercent, 0)
    .option('--product <name:min-max>', 'a product and its order limits; may be repeated', collectProduct)
    .option(
      '--order-expiry <duration>',
      'the longest an order may wait for its shopper',
      readDuration,
      readDuration('7d'),
    )
    .option(
      '--warning <duration>',
      'how long before its end an authorization is warned of',
      readDuration,
      readDuration('24h'),
    )
    .option('--time-zone <name>', 'IANA name of the zone its instalments have their dates in', 'Europe/Rome')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Without --product: ${instalmentProducts.join(', ')}, each for orders of 5 to 2000.

Examples:
  tercet merchants add "Ada's Chairs" --fee 5 --fee-tax 22
  tercet merchants add Bókabúð --currency ISK --product pay-in-3:1000-300000
  tercet merchants add Shop --product pay-in-3:5.00-2000.00 --product later:5.00-500.00 --json`,
    )
    .action((name: string, options: AddOptions) => runAdd(io, name, options))
  merchants
    .command('list')
    .description('list the merchants')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet merchants list')
    .action((options: OutputOptions) => runList(io, options))
}

async function runAdd(io: Io, name: string, options: AddOptions): Promise<void> {
  const products = productLimits(options.product, options.currency)
  const input = {
    name,
    currency: options.currency,
    feePpm: options.fee,
    feeTaxPpm: options.feeTax,
    products,
    maximumOrderExpiryMs: options.orderExpiry,
    expiryWarningLeadMs: options.warning,
    timeZone: options.timeZone,
  }
  const added = await withDatabase(io, ({ pool }) => addMerchant(pool, input))
  if (!added.ok) throw new CliError(added.reason)
  const { terms, widgetToken } = added.value
  answer(io, options, { ...viewOf(terms), widgetToken }, () => [
    ...facts([
      ['merchant', `${terms.id} (${terms.name})`],
      ['token prefix', terms.prefix],
      ['widget token', widgetToken],
      ['fee', `${percentText(terms.feePpm)}, tax on it ${percentText(terms.feeTaxPpm)}`],
      ['orders', terms.products.map((each) => limitsText(each, terms.currency)).join('; ')],
      ['order expiry', `at most ${durationText(terms.maximumOrderExpiryMs)}`],
      ['time zone', terms.timeZone],
    ]),
    '',
    `Next, for Scalapay's API: tercet keys create --merchant ${terms.id}`,
    `For SalesCloud's API:     tercet catalog import catalogue.json --merchant ${terms.id}`,
  ])
}

async function runList(io: Io, options: OutputOptions): Promise<void> {
  const merchants = await withDatabase(io, ({ pool }) => listMerchants(pool))
  answer(io, options, { merchants: merchants.map(viewOf) }, () =>
    merchants.length === 0
      ? ['There is no merchant yet: tercet merchants add.']
      : table(['id', 'prefix', 'name', 'currency', 'fee', 'fee tax'], merchants.map(rowOf), ['id', 'fee', 'fee tax']),
  )
}

function rowOf({ id, prefix, name, currency, feePpm, feeTaxPpm }: MerchantTerms): string[] {
  return [String(id), prefix, name, currency, percentText(feePpm), percentText(feeTaxPpm)]
}

function limitsText({ product, minimum, maximum }: MerchantTerms['products'][number], currency: string): string {
  return `${product} ${amountText(minimum, currency)} to ${amountText(maximum, currency)}`
}

function viewOf(terms: MerchantTerms): object {
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
    products: terms.products.map(({ product, minimum, maximum }) => ({
      product,
      minimum: amountView(minimum, terms.currency),
      maximum: amountView(maximum, terms.currency),
    })),
  }
}
