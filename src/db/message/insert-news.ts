import type { MessageFacts } from '../../domain/message/message.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import type { Statement } from '../wire/statement.ts'

type WithoutShop<Facts> = Facts extends { readonly shop: string } ? Omit<Facts, 'shop'> : never

/** What is told, less the shop's name, which the statement adds. */
export type NewsFacts = WithoutShop<MessageFacts>

/** Something that happened to an order and that its shopper is told of, less the shop's name. */
export type ShopperNews = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  /** tells it from everything else that happens to the order: the number of its event */
  readonly sequence: number
  readonly facts: NewsFacts
  readonly at: Instant
}

/**
 * Puts messages to the shoppers of orders into the outbox, as a part of the transaction that causes them: by e-mail where there is an
 * address, else as a text. An order without a shopper of ours has nobody to tell. An order is cancelled once: its plan, whose hold is let go
 * then, tells so under the same cause.
 */
export function insertNews(news: readonly ShopperNews[]): Statement {
  return {
    name: 'insert_news',
    text: `insert into message (owner, message_id, cause, merchant_id, kind, channel, recipient, language, facts, next_attempt_at,
        created_at)
      select 'shopper:' || s.shopper_id, time_ordered_uuid(n.at), 'payment:' || n.payment_id || ':' ||
          case n.facts->>'kind' when 'cancelled' then '' else n.sequence || ':' end || (n.facts->>'kind'),
        n.merchant_id, n.facts->>'kind', case when s.email is null then 'sms' else 'email' end, coalesce(s.email, s.phone), s.language,
        n.facts || jsonb_build_object('shop', (select name from merchant where id = n.merchant_id)), n.at, n.at
      from unnest($1::int[], $2::text[], $3::int[], $4::jsonb[], $5::timestamptz[]) as n (merchant_id, payment_id, sequence, facts, at)
      join checkout c on c.merchant_id = n.merchant_id and c.payment_id = n.payment_id
      join shopper s on s.shopper_id = c.shopper_id and s.state <> 'erased' and coalesce(s.email, s.phone) is not null
      on conflict (owner, cause, channel) do nothing`,
    values: [
      news.map((each) => each.merchantId),
      news.map((each) => each.paymentId),
      news.map((each) => each.sequence),
      news.map((each) => JSON.stringify(each.facts)),
      news.map((each) => timestampText(each.at)),
    ],
  }
}
