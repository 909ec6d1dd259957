import { randomInt } from 'node:crypto'
import type pg from 'pg'
import { insertMerchant } from '../../db/merchant/merchants.ts'
import { refusalOf } from '../../db/wire/refusal.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import { instalmentCurrency, isInstalmentProduct } from '../../domain/instalments/products.ts'
import type { MerchantTerms, ProductLimits } from '../../domain/merchant/terms.ts'
import { isTimeZone } from '../../kernel/calendar-date.ts'
import { currencyOf } from '../../kernel/currency.ts'
import { type MerchantId, prefixLength, randomToken } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type ClaimNames, claimNothing } from '../cell/cell-directory.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** What the operator decides about a merchant; the rest (id, routing prefix, widget token) is drawn here. */
export type MerchantInput = Omit<MerchantTerms, 'id' | 'prefix'>

export type AddedMerchant = { readonly terms: MerchantTerms; readonly widgetToken: string }

/** What belongs to a new merchant from its first moment, in its transaction. */
export type Alongside = (client: pg.PoolClient, id: MerchantId) => Promise<void>

/**
 * Adds a merchant, or answers the sentence that says what is wrong with the input. Throws `Unavailable` when the database is away.
 * A routing prefix that is taken (one in 1.7 million per merchant there is) is drawn again.
 */
export async function addMerchant(
  pool: pg.Pool,
  input: MerchantInput,
  claim: ClaimNames = claimNothing,
  alongside?: Alongside,
): Promise<Result<AddedMerchant, string>> {
  const problem = merchantProblem(input)
  if (problem !== undefined) return refuse(problem)
  for (let tries = 0; tries < mostTries; tries++) {
    const added = await outageAsUnavailable(insert(pool, input, claim, alongside))
    if (added) return ok(added)
  }
  return refuse('no free routing prefix was found: there are too many merchants')
}

const mostTries = 100
const widgetTokenLength = 9

/** Undefined when a drawn name was taken. */
async function insert(
  pool: pg.Pool,
  input: MerchantInput,
  claim: ClaimNames,
  alongside: Alongside = async () => undefined,
): Promise<AddedMerchant | undefined> {
  const prefix = newPrefix()
  const widgetToken = randomToken(widgetTokenLength)
  try {
    const merchant = { ...input, prefix, widgetToken, isFixture: false }
    const drawn = [
      { kind: 'prefix', name: prefix },
      { kind: 'widget', name: widgetToken },
    ] as const
    if (!(await claim(drawn))) return undefined
    const id = await inTransaction(pool, async (client) => {
      const made = await insertMerchant(client, merchant)
      await alongside(client, made)
      return made
    })
    // Made is made: a directory that is away now is told of it at the next start, which enters every name again.
    await claim([{ kind: 'merchant', name: String(id) }]).catch(() => false)
    return { terms: { ...input, id, prefix }, widgetToken }
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal.kind === 'refused' && drawnOnce.includes(refusal.constraint ?? '')) return undefined
    throw error
  }
}

/** What keeps ids, prefixes and widget tokens unique in a cell. */
const drawnOnce = ['merchant_pkey', 'merchant_prefix_key', 'merchant_widget_token_key']

/** Begins with a letter, so that no token ever looks like a number. */
function newPrefix(): string {
  return String.fromCharCode(65 + randomInt(26)) + randomToken(prefixLength - 1)
}

const longestName = 200
const largestRate = 1_000_000
const longestExpiryMs = 366 * 86_400_000

/** The sentence that says what is wrong with a merchant's terms; undefined when nothing is. */
export function merchantProblem(input: MerchantInput): string | undefined {
  const { name, currency, feePpm, feeTaxPpm, products, maximumOrderExpiryMs, expiryWarningLeadMs, timeZone } = input
  if (name.trim() !== name || name === '' || name.length > longestName || !name.isWellFormed() || /\p{Cc}/u.test(name))
    return `the name must be 1 to ${longestName} characters, without control characters and blanks at its ends`
  if (currencyOf(currency) === undefined) return 'the currency must be an ISO 4217 code that Tercet knows, like EUR'
  if (![feePpm, feeTaxPpm].every((rate) => isWithin(rate, 0, largestRate))) return 'a rate must be from 0 to 100 %'
  if (!isWithin(maximumOrderExpiryMs, 60_000, longestExpiryMs)) return 'an order may wait from a minute to 366 days'
  if (!isWithin(expiryWarningLeadMs, 0, longestExpiryMs)) return 'the warning may come 0 to 366 days before the end'
  if (!isTimeZone(timeZone)) return 'the time zone must be an IANA name, like Europe/Rome'
  return productProblem(products, currency)
}

function productProblem(products: readonly ProductLimits[], currency: string): string | undefined {
  const names = products.map(({ product }) => product)
  if (names.length > 50) return 'a merchant has at most 50 products'
  if (new Set(names).size < names.length) return 'a product is given twice'
  if (!names.every((name) => /^[a-z0-9][a-z0-9_-]{0,39}$/.test(name)))
    return 'a product is named by small letters, digits, hyphens and underscores, like pay-in-3'
  const instalments = currency === instalmentCurrency ? [] : names.filter(isInstalmentProduct)
  if (instalments.length > 0)
    return `${instalments.join(', ')} can be sold in ${instalmentCurrency} only: leave them out, or give the merchant ${instalmentCurrency}`
  const areLimits = products.every(({ minimum, maximum }) => minimum > 0n && maximum >= minimum && maximum < 2n ** 62n)
  return areLimits ? undefined : "a product's limits must be positive, the larger one last"
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most
}
