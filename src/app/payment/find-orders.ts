import type pg from 'pg'
import { findPaidBy } from '../../db/chain/find-by-transaction.ts'
import { findPaymentsByEmail } from '../../db/payment/contacts.ts'
import { findPayments, findStored } from '../../db/payment/payments.ts'
import {
  findPaymentsByLabel,
  findPaymentsByTotal,
  type Scan,
  type ScanPlace,
  type ScanQuery,
  scanPayments,
} from '../../db/payment/scan-payments.ts'
import type { Hash } from '../../domain/chain/address.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Buyer } from '../../domain/shopper/buyer.ts'
import { emailOf } from '../../domain/user/user.ts'
import { type Currency, currencyOf, exponentOf } from '../../kernel/currency.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { minorFromDecimal } from '../../kernel/money.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { BuyerOf } from './order-page.ts'

export type { Scan, ScanPlace, ScanQuery } from '../../db/payment/scan-payments.ts'

export type OrderSearch = {
  readonly merchantId: MerchantId
  /** what a person typed into the one search field */
  readonly text: string
  /** the merchant's currency: what an amount is read in */
  readonly currency: string
}

export type FindOrders = {
  /** A page of the list under its filters, newest first. */
  readonly list: (query: ScanQuery) => Promise<Scan>
  /** Orders by token, reference, e-mail address, hash of a transaction or amount, newest first; at most fifty. */
  readonly search: (search: OrderSearch) => Promise<readonly Payment[]>
  /** Who bought in each of these orders of the merchant's; without those whose API keeps nothing of that. */
  readonly buyers: (merchantId: MerchantId, orders: readonly Payment[]) => Promise<ReadonlyMap<PaymentId, Buyer>>
  /** Every order under the filters, newest first, a page at a time: what an export walks, in the memory of one page. */
  readonly walk: (query: Omit<ScanQuery, 'after' | 'limit'>) => AsyncIterable<readonly Payment[]>
}

const mostFound = 50

/** What a shop's staff finds orders by, over every API the merchant speaks. All throw `Unavailable` when the database is away. */
export function createFindOrders({ pool, buyerOf }: { pool: pg.Pool; buyerOf: BuyerOf }): FindOrders {
  return {
    list: (query) => outageAsUnavailable(scanPayments(pool, query)),
    search: ({ merchantId, text, currency }) => outageAsUnavailable(search(pool, merchantId, text.trim(), currency)),
    buyers: async (merchantId, orders) => {
      const ids = orders.map(({ id }) => id)
      const stored = await outageAsUnavailable(findStored(pool, merchantId, ids))
      return new Map(
        stored.flatMap((each) => {
          const buyer = buyerOf(each)
          return buyer ? [[each.payment.id, buyer] as const] : []
        }),
      )
    },
    walk: (query) => walk(pool, query),
  }
}

const walkedAtOnce = 1_000

async function* walk(pool: pg.Pool, query: Omit<ScanQuery, 'after' | 'limit'>): AsyncIterable<readonly Payment[]> {
  let after: ScanPlace | null = null
  do {
    const scan: Scan = await outageAsUnavailable(scanPayments(pool, { ...query, after, limit: walkedAtOnce }))
    yield scan.payments
    after = scan.next
  } while (after !== null)
}

/** The first reading of the text that finds something: a name of the order, its shopper's address, its amount. */
async function search(pool: pg.Pool, merchantId: MerchantId, text: string, code: string): Promise<readonly Payment[]> {
  const transaction = /^0x[0-9a-f]{64}$/i.test(text) ? (text.toLowerCase() as Hash) : undefined
  if (transaction !== undefined)
    return await findPayments(pool, merchantId, await findPaidBy(pool, merchantId, transaction))
  const email = emailOf(text)
  if (email !== undefined) return await findPaymentsByEmail(pool, merchantId, email, mostFound)
  const named = await findPaymentsByLabel(pool, merchantId, text, mostFound)
  if (named.length > 0) return named
  const byToken = await findPaymentsByLabel(pool, merchantId, text.toUpperCase(), mostFound)
  if (byToken.length > 0) return byToken
  const currency = currencyOf(code)
  const total = currency && amountOf(text, currency)
  return total === undefined ? [] : await findPaymentsByTotal(pool, merchantId, total, mostFound)
}

/** `19`, `19.00`, `19,00`, `EUR 19.00`, `19 €`: one amount, as people type it. */
function amountOf(text: string, currency: Currency): bigint | undefined {
  const digits = text.replace(/[\s€$£]|[A-Za-z]{3}/g, '').replace(',', '.')
  if (!/^\d{1,12}(\.\d{1,3})?$/.test(digits)) return undefined
  const places = digits.split('.')[1]?.length ?? 0
  return places <= Math.max(exponentOf(currency), 0) ? minorFromDecimal(digits, currency) : undefined
}
