import type pg from 'pg'
import type { PaymentBooks } from '../../domain/ledger/prove.ts'
import type { SourceKind } from '../../domain/ledger/source.ts'
import type { Account, Transfer, TransferKind } from '../../domain/ledger/transfer.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { letterOf, type SourceLetter, sourceKindOf } from './source-kind.ts'

/** A payment's own figures with the sums of its transfers, read in one snapshot. */
export type BooksWithSums = { readonly books: PaymentBooks; readonly sums: readonly Transfer[] }

/** Where a page ended; undefined starts at the beginning. */
export type BooksCursor = { readonly merchantId: MerchantId; readonly paymentId: PaymentId } | undefined

type BooksRow = {
  merchant_id: MerchantId
  payment_id: PaymentId
  funding: PaymentBooks['funding']
  state: PaymentBooks['state']
  currency: Currency
  total: bigint
  reduced: bigint
  captured: bigint
  refunded: bigint
  settled: bigint | null
  fee_ppm: number
  fee_tax_ppm: number
  sums: { kind: TransferKind; debit: Account; credit: Account; currency: Currency; amount: string }[] | null
}

/**
 * The driver would give a statement up after the pool's limit, which is made for requests; the database's own limit is the
 * snapshot's affair (snapshot.ts). A proof over two million payments takes longer than either. The longest time a timer takes.
 */
const patiently = { query_timeout: 2_147_483_647 }

/** The next `limit` payments in key order, of one merchant or of all. */
export async function readBooks(
  client: Pick<pg.Client, 'query'>,
  merchantId: MerchantId | null,
  after: BooksCursor,
  limit: number,
): Promise<BooksWithSums[]> {
  const result = await client.query<BooksRow>({
    ...patiently,
    text: `select p.merchant_id, p.payment_id, p.funding, p.state, p.currency, p.total, p.reduced, p.captured, p.refunded, p.settled,
       p.fee_ppm, p.fee_tax_ppm, t.sums
     from (
       select * from payment
       where ($1::int is null or merchant_id = $1) and (merchant_id, payment_id) > ($2, $3)
       order by merchant_id, payment_id limit $4
     ) p
     left join lateral (
       select jsonb_agg(jsonb_build_object('kind', kind, 'debit', debit, 'credit', credit, 'currency', currency,
         'amount', amount::text)) as sums
       from (
         select kind, debit, credit, currency, sum(amount) as amount from transfer
         where merchant_id = p.merchant_id and source_kind = 'p' and source_id = p.payment_id
         group by kind, debit, credit, currency
       ) s
     ) t on true
     order by p.merchant_id, p.payment_id`,
    values: [merchantId, after?.merchantId ?? 0, after?.paymentId ?? '', limit],
  })
  return result.rows.map((row) => ({
    books: {
      merchantId: row.merchant_id,
      id: row.payment_id,
      funding: row.funding,
      state: row.state,
      currency: row.currency,
      total: row.total,
      reduced: row.reduced,
      captured: row.captured,
      refunded: row.refunded,
      settled: row.settled ?? 0n,
      feePpm: row.fee_ppm,
      feeTaxPpm: row.fee_tax_ppm,
    },
    sums: (row.sums ?? []).map((sum) => ({ ...sum, amount: BigInt(sum.amount) })),
  }))
}

export type TransferSource = {
  readonly merchantId: MerchantId
  readonly sourceKind: SourceKind
  readonly sourceId: string
}

/** Payments that the ledger knows and the payments do not. */
export async function findPaymentlessTransfers(
  client: Pick<pg.Client, 'query'>,
  merchantId: MerchantId | null,
): Promise<TransferSource[]> {
  const result = await client.query<Omit<TransferSource, 'sourceKind'>>({
    ...patiently,
    text: `select distinct t.merchant_id as "merchantId", t.source_id as "sourceId" from transfer t
     where ($1::int is null or t.merchant_id = $1) and t.source_kind = 'p' and not exists (
       select from payment p where p.merchant_id = t.merchant_id and p.payment_id = t.source_id)
     order by 1, 2 limit 1000`,
    values: [merchantId],
  })
  return result.rows.map((row) => ({ ...row, sourceKind: 'payment' }))
}

/** Sources of other kinds than these that the ledger knows. */
export async function findOtherSources(
  client: Pick<pg.Client, 'query'>,
  merchantId: MerchantId | null,
  kinds: readonly SourceKind[],
): Promise<TransferSource[]> {
  const result = await client.query<Omit<TransferSource, 'sourceKind'> & { letter: SourceLetter }>({
    ...patiently,
    text: `select distinct merchant_id as "merchantId", source_kind as letter, source_id as "sourceId" from transfer
     where ($1::int is null or merchant_id = $1) and source_kind <> all($2::"char"[])
     order by 1, 2, 3 limit 1000`,
    values: [merchantId, kinds.map(letterOf)],
  })
  return result.rows.map(({ letter, ...row }) => ({ ...row, sourceKind: sourceKindOf(letter) }))
}

/** Debits less credits of one account, minor units. */
export type Balance = {
  readonly merchantId: MerchantId
  readonly account: Account
  readonly currency: Currency
  readonly balance: bigint
}

/** The balance of every account of one merchant or of all; all of a merchant's in one currency sum to zero. */
export async function readBalances(
  client: Pick<pg.Client, 'query'>,
  merchantId: MerchantId | null,
): Promise<Balance[]> {
  const result = await client.query<Omit<Balance, 'balance'> & { balance: string }>({
    ...patiently,
    text: `select merchant_id as "merchantId", account, currency, sum(entry.amount) as balance
     from (
       select merchant_id, debit, credit, currency, sum(amount) as amount from transfer
       where $1::int is null or merchant_id = $1
       group by merchant_id, debit, credit, currency
     ) t, lateral (values (debit, amount), (credit, -amount)) as entry (account, amount)
     group by merchant_id, account, currency order by merchant_id, currency, account`,
    values: [merchantId],
  })
  // sum() of bigint is numeric, which arrives as text.
  return result.rows.map((row) => ({ ...row, balance: BigInt(row.balance) }))
}
