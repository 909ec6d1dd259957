import type pg from 'pg'
import type { StoredLateFeeTerms } from '../../domain/instalments/late-fee-terms.ts'
import type { LateFee } from '../../domain/instalments/plan-facts.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { Instant } from '../../kernel/instant.ts'
import { int2, int4, int8, rowType, text, timestamptz } from '../wire/binary-rows.ts'
import { timestampText } from '../wire/connection.ts'
import type { Statement } from '../wire/statement.ts'
import type { PlanKey } from './plan-rows.ts'

/** A fee that is new, or waived from now on. */
export type WrittenLateFee = PlanKey &
  Omit<LateFee, 'isWaived'> & { readonly accruedAt: Instant; readonly waivedAt: Instant | null }

const newLateFee = rowType<WrittenLateFee>('new_late_fee', [
  int4('merchant_id', (f) => f.merchantId),
  text('payment_id', (f) => f.paymentId),
  int2('instalment', (f) => f.instalment),
  int2('stage', (f) => f.stage),
  int8('amount', (f) => f.amount),
  timestamptz('accrued_at', (f) => f.accruedAt),
  timestamptz('waived_at', (f) => f.waivedAt),
])

/** A second fee of a stage is refused by its key, and the whole transaction with it. */
export function insertLateFees(fees: readonly WrittenLateFee[]): Statement {
  return {
    name: 'insert_late_fees',
    text: `insert into late_fee (${newLateFee.names}) select * from unnest($1::new_late_fee[])`,
    values: [newLateFee.arrayOf(fees)],
  }
}

export function waiveLateFees(fees: readonly WrittenLateFee[]): Statement {
  return {
    name: 'waive_late_fees',
    text: `update late_fee f set waived_at = n.waived_at from unnest($1::new_late_fee[]) as n
      where f.merchant_id = n.merchant_id and f.payment_id = n.payment_id and f.instalment = n.instalment and f.stage = n.stage
        and f.waived_at is null`,
    values: [newLateFee.arrayOf(fees)],
  }
}

export type CountryTerms = StoredLateFeeTerms & {
  readonly country: string
  readonly currency: Currency
  readonly since: Instant
}

/** The newest terms of each country, or of one. */
export async function listLateFeeTerms(pool: Pick<pg.Pool, 'query'>, country: string | null): Promise<CountryTerms[]> {
  const { rows } = await pool.query<CountryTerms>({
    name: 'list_late_fee_terms',
    text: `select distinct on (country, currency) country, currency, since, stages, most_per_instalment::text as "mostPerInstalment",
        most_of_order_ppm as "mostOfOrderPpm"
      from late_fee_terms where $1::text is null or country = $1 order by country, currency, since desc`,
    values: [country],
  })
  return rows
}

/** Terms that hold for orders authorized from then on. */
export async function insertLateFeeTerms(pool: Pick<pg.Pool, 'query'>, terms: CountryTerms): Promise<void> {
  await pool.query(
    `insert into late_fee_terms (country, currency, since, stages, most_per_instalment, most_of_order_ppm)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      ...[terms.country, terms.currency, timestampText(terms.since), JSON.stringify(terms.stages)],
      ...[terms.mostPerInstalment, terms.mostOfOrderPpm],
    ],
  )
}
