-- Webhooks that wait: bench.messages new orders of the merchant whose endpoint bench.endpoint is, each with its request
-- (bench.details) and its `created` message, due for a minute.
create temporary table new_order on commit drop as
select m.id as merchant_id, e.endpoint_id, now() - interval '1 minute' as at,
  m.prefix || upper(lpad(to_hex((('x' || substr(md5(e.endpoint_id::text), 1, 7))::bit(28)::bigint * 4096 + n * 2654435761)
    % 4294967296), 8, '0')) as payment_id
from webhook_endpoint e join merchant m on m.id = e.merchant_id,
  generate_series(1::bigint, current_setting('bench.messages')::bigint) as n
where e.endpoint_id = current_setting('bench.endpoint')::uuid
order by 4;

insert into payment (merchant_id, payment_id, protocol, product, funding, state, currency, total, authorized, captured, refunded,
  reduced, fee_ppm, fee_tax_ppm, merchant_reference, sequence, created_at, expires_at, timer_at)
select merchant_id, payment_id, 'scalapay', 'pay-in-3', 'shopper', 'created', 'EUR', 19000, 0, 0, 0, 0, 50000, 220000, 'FILL', 1, at,
  at + interval '5 days', at + interval '5 days'
from new_order;

insert into event (merchant_id, source_kind, source_id, sequence, kind, state, amount, total, merchant_reference, command_id, at,
  details)
select merchant_id, 'p', payment_id, 1, 'created', 'created', 19000, 19000, 'FILL', gen_random_uuid(), at,
  current_setting('bench.details')::json
from new_order;

insert into webhook_message (merchant_id, message_id, endpoint_id, source_kind, source_id, sequence, event, next_attempt_at,
  created_at)
select merchant_id, time_ordered_uuid(at), endpoint_id, 'p', payment_id, 1, 'created', at, at
from new_order;
