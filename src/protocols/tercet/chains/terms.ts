import { parseChainId } from '../../../domain/chain/address.ts'
import type { ChainTerms } from '../../../domain/chain/chain-terms.ts'
import type { ConfirmationTier } from '../../../domain/chain/finality.ts'
import { type Currency, currencyOf, exponentOf } from '../../../kernel/currency.ts'
import { decimalOf, minorFromDecimal } from '../../../kernel/money.ts'
import { allOf, ok, type Result, refuse } from '../../../kernel/result.ts'
import type { JsonObject } from '../../shared/body.ts'
import { invalid, type Refusal } from '../../shared/refusal.ts'

/** How this API calls each term, and how it is read. Limits are the domain's. */
const readers: {
  readonly [Name in keyof ChainTerms]: readonly [string, (value: unknown) => Result<ChainTerms[Name], Refusal>]
} = {
  chains: ['chains', (value) => listOf(value, 'chains', 'numbers of chains, like [321]', readChain)],
  tokens: ['tokens', (value) => listOf(value, 'tokens', 'symbols, like ["USDT"]', readSymbol)],
  tolerancePpm: ['tolerancePpm', (value) => wholeNumber(value, 'tolerancePpm')],
  spreadPpm: ['spreadPpm', (value) => wholeNumber(value, 'spreadPpm')],
  quoteMs: ['quoteMilliseconds', (value) => wholeNumber(value, 'quoteMilliseconds')],
  watchMs: ['watchMilliseconds', (value) => wholeNumber(value, 'watchMilliseconds')],
  tiers: [
    'tiers',
    (value) =>
      listOf(value, 'tiers', 'objects like { "amount": "1000.00", "currency": "USD", "confirmations": 30 }', readTier),
  ],
  cancelUnpaid: ['cancelUnpaidOrders', readSwitch],
}

export const termNames: readonly string[] = Object.values(readers).map(([name]) => name)

/** The terms that are named. */
export function readTermsChange(fields: JsonObject): Result<Partial<ChainTerms>, Refusal> {
  const named = Object.entries(readers).filter(([, [name]]) => fields[name] !== undefined)
  return allOf(Object.fromEntries(named.map(([term, [name, read]]) => [term, read(fields[name])] as const)))
}

export function termsView(terms: ChainTerms): object {
  const { chains, tokens, tolerancePpm, spreadPpm, quoteMs, watchMs, tiers, cancelUnpaid } = terms
  return {
    ...{ chains, tokens, tolerancePpm, spreadPpm, quoteMilliseconds: quoteMs, watchMilliseconds: watchMs },
    tiers: tiers.map(({ currency, from, confirmations }) => ({
      amount: decimalOf({ currency, minor: from }),
      ...{ currency, confirmations },
    })),
    cancelUnpaidOrders: cancelUnpaid,
  }
}

function wholeNumber(value: unknown, name: string): Result<number, Refusal> {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return ok(value)
  return refuse(invalid(`The field ${name} must be a whole number.`))
}

function readSwitch(value: unknown): Result<boolean, Refusal> {
  if (typeof value === 'boolean') return ok(value)
  return refuse(invalid('The field cancelUnpaidOrders must be true or false.'))
}

const mostEntries = 100

function listOf<T>(
  value: unknown,
  name: string,
  what: string,
  read: (entry: unknown) => T | undefined,
): Result<readonly T[], Refusal> {
  const entries = Array.isArray(value) && value.length <= mostEntries ? value.map(read) : [undefined]
  if (entries.every((entry) => entry !== undefined)) return ok(entries)
  return refuse(invalid(`The field ${name} must be a list of ${what}.`))
}

function readChain(entry: unknown): ChainTerms['chains'][number] | undefined {
  return typeof entry === 'number' ? parseChainId(entry) : undefined
}

function readSymbol(entry: unknown): string | undefined {
  return typeof entry === 'string' && entry.length <= 20 ? entry : undefined
}

function readTier(entry: unknown): ConfirmationTier | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined
  const { amount, currency: code, confirmations, ...more } = entry as Record<string, unknown>
  const currency = typeof code === 'string' ? currencyOf(code) : undefined
  const from = currency && readMinor(amount, currency)
  if (currency === undefined || from === undefined || typeof confirmations !== 'number') return undefined
  return Object.keys(more).length === 0 ? { currency, from, confirmations } : undefined
}

function readMinor(amount: unknown, currency: Currency): bigint | undefined {
  const match = typeof amount === 'string' ? /^\d{1,12}(?:\.(\d+))?$/.exec(amount) : null
  if (!match || (match[1] ?? '').length > exponentOf(currency)) return undefined
  return minorFromDecimal(match[0], currency)
}
