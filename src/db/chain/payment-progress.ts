import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import type { Sender } from '../wire/statement.ts'

export type PaymentKey = { readonly merchantId: MerchantId; readonly paymentId: PaymentId }

/** So much of an inbox is looked at for one payment. */
const mostStrays = 5

/**
 * What arrived for a payment `p` and stands in the inbox: of a transaction that its page named, or of exactly an amount it asked for. Both are
 * looks into an index.
 */
export const strays = `
  select t.* from chain_hint h join chain_transfer t
    on t.merchant_id = h.merchant_id and t.chain_id = h.chain_id and t.transaction = h.transaction
  where h.merchant_id = p.merchant_id and h.payment_id = p.payment_id
    and t.payment_id is null and t.dismissed_at is null and t.state <> 'undone'
  union
  select t.* from chain_amount a join chain_transfer t
    on t.merchant_id = a.merchant_id and t.chain_id = a.chain_id and t.recipient = a.recipient and t.token = a.token and t.units = a.units
  where a.merchant_id = p.merchant_id and a.payment_id = p.payment_id and t.block_at >= a.created_at
    and t.payment_id is null and t.dismissed_at is null and t.state <> 'undone'
  limit ${mostStrays}`

/**
 * A text for each payment that is another one whenever its page would say something else: money came, was confirmed by one more block or was
 * undone, a price ended, a chain became ready. One statement for all of them. Payments that do not exist are left out.
 */
export async function findVersions(
  sender: Sender,
  keys: readonly PaymentKey[],
  now: Instant,
): Promise<ReadonlyMap<PaymentId, string>> {
  const { rows } = await sender.query<{ payment_id: PaymentId; version: string }>({
    name: 'find_payment_versions',
    text: `select p.payment_id, md5(concat_ws('/', p.state, p.sequence,
        (select string_agg(concat_ws(':', a.number, a.received, a.expires_at > $3, a.closed_at is null), ',' order by a.number)
          from chain_amount a where a.merchant_id = p.merchant_id and a.payment_id = p.payment_id),
        (select string_agg(concat_ws(':', t.state, case when t.state = 'seen' then w.head - t.block_number end), ',' order by t.seen_at)
          from chain_transfer t left join chain_watch w on w.chain_id = t.chain_id
          where t.merchant_id = p.merchant_id and t.payment_id = p.payment_id),
        (select count(*) from (${strays}) s),
        (select string_agg(e.url, ',' order by e.chain_id, e.position) from chain_endpoint e))) as version
      from unnest($1::int[], $2::text[]) as k (merchant_id, payment_id)
      join payment p on p.merchant_id = k.merchant_id and p.payment_id = k.payment_id`,
    values: [keys.map(({ merchantId }) => merchantId), keys.map(({ paymentId }) => paymentId), timestampText(now)],
  })
  return new Map(rows.map(({ payment_id, version }) => [payment_id, version]))
}
