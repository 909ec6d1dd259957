import { addMerchant } from '../../app/merchant/add-merchant.ts'
import { listDisabledMerchants } from '../../db/merchant/change-merchant.ts'
import { listMerchants } from '../../db/merchant/merchants.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Instant } from '../../kernel/instant.ts'
import { smallestOpenCell } from '../cells/smallest-cell.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { percentText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'
import { type ProductText, productLimits } from '../read/product.ts'
import { merchantFacts, merchantView } from './print.ts'

export type AddOptions = OutputOptions & {
  readonly currency: string
  readonly fee: number
  readonly feeTax: number
  readonly product?: readonly ProductText[]
  readonly orderExpiry: number
  readonly warning: number
  readonly timeZone: string
  readonly cell?: string
}

export async function runAdd(io: Io, name: string, options: AddOptions): Promise<void> {
  const input = {
    name,
    currency: options.currency,
    feePpm: options.fee,
    feeTaxPpm: options.feeTax,
    products: productLimits(options.product, options.currency),
    maximumOrderExpiryMs: options.orderExpiry,
    expiryWarningLeadMs: options.warning,
    timeZone: options.timeZone,
  }
  const { added, cell } = await withDatabase(
    io,
    async ({ pool, claim, cell, takesMerchants }) => {
      if (!takesMerchants)
        throw new CliError(`cell ${cell} takes no new merchants: tercet cells open ${cell}, or name another one`)
      return { added: await addMerchant(pool, input, claim), cell }
    },
    { cell: options.cell ?? (io.env.TERCET_CELLS ? undefined : smallestOpenCell) },
  )
  if (!added.ok) throw new CliError(added.reason)
  const { terms, widgetToken } = added.value
  answer(io, options, { ...merchantView(terms), widgetToken, ...(cell && { cell }) }, () => [
    ...merchantFacts(terms, { widgetToken }),
    ...(cell ? [`In cell ${cell}: commands for it run with TERCET_CELLS=${cell}.`] : []),
    '',
    `Next, for Scalapay's API: tercet keys create --merchant ${terms.id}`,
    `For SalesCloud's API:     tercet catalog import catalogue.json --merchant ${terms.id}`,
  ])
}

export async function runList(io: Io, options: OutputOptions): Promise<void> {
  const { merchants, disabled } = await withDatabase(io, async ({ pool }) => ({
    merchants: await listMerchants(pool),
    disabled: await listDisabledMerchants(pool),
  }))
  const rows = merchants.map(({ id, prefix, name, currency, feePpm, feeTaxPpm }) => [
    ...[String(id), prefix, name, currency, percentText(feePpm), percentText(feeTaxPpm)],
    disabled.has(id) ? 'yes' : '',
  ])
  answer(io, options, { merchants: merchants.map((each) => viewOf(each, disabled.get(each.id))) }, () =>
    rows.length === 0
      ? ['There is no merchant yet: tercet merchants add.']
      : table(['id', 'prefix', 'name', 'currency', 'fee', 'fee tax', 'disabled'], rows, ['id', 'fee', 'fee tax']),
  )
}

function viewOf(terms: MerchantTerms, disabledAt: Instant | undefined): object {
  return merchantView(terms, disabledAt === undefined ? {} : { disabledAt })
}
