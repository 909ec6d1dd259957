import { readBrand } from '../../app/merchant/brand.ts'
import { changeMerchant } from '../../app/merchant/change-merchant.ts'
import { listDisabledMerchants, setMerchantDisabled } from '../../db/merchant/change-merchant.ts'
import { findLending } from '../../db/merchant/lending.ts'
import { pictureLimits } from '../../domain/picture/picture.ts'
import { systemClock } from '../../kernel/clock.ts'
import type { Language } from '../../kernel/language.ts'
import { byOperator } from '../by-operator.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { merchantNamed } from '../merchant.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { readFileStart } from '../read/file.ts'
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
  /** `none` for the usual, as of the next two */
  readonly locale?: Language | 'none'
  readonly colour?: string
  readonly logo?: string
  readonly mostOwed?: number | 'none'
  readonly ordersPerDay?: number | 'none'
}

export async function showMerchant(io: Io, name: string, options: OutputOptions): Promise<void> {
  const { terms, more } = await withDatabase(io, async (database) => {
    const { pool } = database
    const found = await merchantNamed(database, name)
    const disabledAt = (await listDisabledMerchants(pool)).get(found.id)
    const brand = await readBrand(pool, found.id)
    const lending = await findLending(pool, found.id)
    return { terms: found, more: { brand, lending, ...(disabledAt !== undefined && { disabledAt }) } }
  })
  answer(io, options, merchantView(terms, more), () => merchantFacts(terms, more))
}

/** Changes what is given and leaves the rest; `--product`, given once or more, replaces the whole list. */
export async function setMerchant(io: Io, name: string, options: SetOptions): Promise<void> {
  const { product, fee, feeTax, orderExpiry, warning, timeZone, locale, colour, logo, name: newName } = options
  const { mostOwed, ordersPerDay } = options
  const given = {
    product,
    fee,
    feeTax,
    orderExpiry,
    warning,
    timeZone,
    locale,
    colour,
    logo,
    newName,
    mostOwed,
    ordersPerDay,
  }
  if (Object.values(given).every((each) => each === undefined))
    throw new CliError(
      'say what to set: --name, --fee, --fee-tax, --product, --order-expiry, --warning, --time-zone, --locale, --colour, --logo, --most-owed or --orders-per-day',
    )
  const logoFile = logo === undefined || logo === 'none' ? logo : await readLogo(logo)
  const { terms, ...more } = await withDatabase(io, async (database) => {
    const { id, currency } = await merchantNamed(database, name)
    const change = {
      terms: {
        ...(newName !== undefined && { name: newName }),
        ...(fee !== undefined && { feePpm: fee }),
        ...(feeTax !== undefined && { feeTaxPpm: feeTax }),
        ...(product !== undefined && { products: productLimits(product, currency) }),
        ...(orderExpiry !== undefined && { maximumOrderExpiryMs: orderExpiry }),
        ...(warning !== undefined && { expiryWarningLeadMs: warning }),
        ...(timeZone !== undefined && { timeZone }),
      },
      brand: {
        ...(locale !== undefined && { language: orUsual(locale) }),
        ...(colour !== undefined && { colour: orUsual(colour) }),
        ...(logoFile !== undefined && { logo: orUsual(logoFile) }),
      },
      lending: {
        ...(mostOwed !== undefined && { mostOwed: orUsual(mostOwed) }),
        ...(ordersPerDay !== undefined && { ordersPerDay: orUsual(ordersPerDay) }),
      },
    }
    const changed = await changeMerchant(database.pool, id, change, { by: byOperator, clock: systemClock })
    if (!changed.ok) throw new CliError(changed.reason)
    return changed.value
  })
  answer(io, options, merchantView(terms, more), () => merchantFacts(terms, more))
}

function orUsual<T>(value: T | 'none'): T | null {
  return value === 'none' ? null : value
}

/** Larger files are refused after their first byte too many. */
async function readLogo(path: string): Promise<Uint8Array> {
  const content = await readFileStart(path, pictureLimits.bytes + 1)
  if (content === undefined) throw new CliError(`${path} cannot be read`)
  return content
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
