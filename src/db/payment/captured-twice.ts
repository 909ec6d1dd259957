import type pg from 'pg'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'

export type NamedCapture = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  readonly merchantReference: string
}

/**
 * Those whose reference another captured payment of the same merchant and protocol has as well. The other one is looked for by itself
 * (`lateral ... limit`): joined, a plan made for a small table reads all payments of the merchant.
 */
export async function findCapturedTwice(
  sender: Pick<pg.Pool, 'query'>,
  captures: readonly NamedCapture[],
): Promise<readonly PaymentId[]> {
  const result = await sender.query<{ id: PaymentId }>({
    name: 'find_captured_twice',
    text: `select k.payment_id as id
      from unnest($1::int[], $2::text[], $3::text[]) as k (merchant_id, payment_id, reference)
      join payment p on p.merchant_id = k.merchant_id and p.payment_id = k.payment_id
      cross join lateral (select from payment o where o.merchant_id = k.merchant_id and o.merchant_reference = k.reference
        and o.payment_id <> k.payment_id and o.captured > 0 and o.protocol = p.protocol limit 1) as twin`,
    values: [
      captures.map((each) => each.merchantId),
      captures.map((each) => each.paymentId),
      captures.map((each) => each.merchantReference),
    ],
  })
  return result.rows.map(({ id }) => id)
}
