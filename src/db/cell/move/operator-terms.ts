import type { ClientBase } from 'pg'

/** What being late costs shoppers in this cell, as one text: the same in two cells that the operator has set up alike. */
export async function readLateFeeTerms(sender: Pick<ClientBase, 'query'>): Promise<string> {
  const { rows } = await sender.query<{ terms: string }>(
    `select coalesce(jsonb_agg(to_jsonb(t) - 'since' order by country, currency), '[]')::text as terms from (
       select distinct on (country, currency) * from late_fee_terms order by country, currency, since desc) t
     where jsonb_array_length(stages) > 0`,
  )
  return rows[0]?.terms ?? ''
}
