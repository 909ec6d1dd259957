import { changeMerchant } from '../../app/merchant/change-merchant.ts'
import { listDisabledMerchants, setMerchantDisabled } from '../../db/merchant/change-merchant.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database.ts'
import type { Io } from '../io.ts'
import { merchantNamed } from '../merchant.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { type ProductText, productLimits } from '../read/product.ts'
import { merchantFacts, merchantView } from './print.ts'

export type SetOptions = OutputOptions & {
  readonly name?: string
  readonly fee?: number
  readonly feeTax?: number
  readonly product?: readonly ProductText[]
  readonly orderExpiry?: number
  readonly warning?: number
  readonly timeZone?: string
}

export async function showMerchant(io: Io, name: string, options: OutputOptions): Promise<void> {
  const { terms, disabledAt } = await withDatabase(io, async (database) => {
    const found = await merchantNamed(database, name)
    return { terms: found, disabledAt: (await listDisabledMerchants(database.pool)).get(found.id) }
  })
  const more = disabledAt === undefined ? {} : { disabledAt }
  answer(io, options, merchantView(terms, disabledAt), () => merchantFacts(terms, more))
}

/** Changes what is given and leaves the rest; `--product`, given once or more, replaces the whole list. */
export async function setMerchant(io: Io, name: string, options: SetOptions): Promise<void> {
  const { product, fee, feeTax, orderExpiry, warning, timeZone, name: newName } = options
  const given = { product, fee, feeTax, orderExpiry, warning, timeZone, newName }
  if (Object.values(given).every((each) => each === undefined))
    throw new CliError('say what to set: --name, --fee, --fee-tax, --product, --order-expiry, --warning or --time-zone')
  const changed = await withDatabase(io, async (database) => {
    const before = await merchantNamed(database, name)
    return await changeMerchant(database.pool, before.id, {
      ...(newName !== undefined && { name: newName }),
      ...(fee !== undefined && { feePpm: fee }),
      ...(feeTax !== undefined && { feeTaxPpm: feeTax }),
      ...(product !== undefined && { products: productLimits(product, before.currency) }),
      ...(orderExpiry !== undefined && { maximumOrderExpiryMs: orderExpiry }),
      ...(warning !== undefined && { expiryWarningLeadMs: warning }),
      ...(timeZone !== undefined && { timeZone }),
    })
  })
  if (!changed.ok) throw new CliError(changed.reason)
  answer(io, options, merchantView(changed.value), () => merchantFacts(changed.value))
}

export async function disableMerchant(
  io: Io,
  name: string,
  isDisabled: boolean,
  options: OutputOptions,
): Promise<void> {
  const { id, name: itsName } = await withDatabase(io, async (database) => {
    const found = await merchantNamed(database, name)
    await setMerchantDisabled(database.pool, found.id, isDisabled)
    return found
  })
  answer(io, options, { id, disabled: isDisabled }, () => [
    isDisabled
      ? `${id} (${itsName}) is disabled: its keys and payment addresses open nothing any more`
      : `${id} (${itsName}) is enabled`,
  ])
}
