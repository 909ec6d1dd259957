-- Orders as a shop leaves them behind: bench.orders of them over the last year, each with its request (bench.details). One in
-- ten still waits for its shopper, one in ten was authorized, captured and booked, the others were abandoned and expired: more
-- of the former would only take longer to write. In the order of their tokens, so that the indexes are built from left to
-- right; the tokens themselves are as spread as real ones.
create temporary table new_order on commit drop as
select 'SHOP' || upper(lpad(to_hex((n * 2654435761) % 4294967296), 8, '0')) as payment_id,
  n,
  case n % 10 when 0 then 'created' when 1 then 'captured' else 'expired' end as state,
  now() - interval '1 day' - (n % 31000000) * interval '1 second' as at
from generate_series(1::bigint, current_setting('bench.orders')::bigint) as n
order by 1;

insert into payment (merchant_id, payment_id, protocol, product, funding, state, currency, total, authorized, captured, refunded,
  reduced, fee_ppm, fee_tax_ppm, merchant_reference, sequence, created_at, expires_at, timer_at, authorized_at, captured_at,
  instrument, captures, rail_reference)
select 1, payment_id, 'scalapay', 'pay-in-3', 'shopper', state, 'EUR', 19000, 19000 * is_captured::int, 19000 * is_captured::int, 0,
  0, 50000, 220000, 'FILL-' || n, case state when 'created' then 1 when 'expired' then 2 else 3 end, at,
  case when state = 'created' then now() + interval '5 days' end,
  case when state = 'created' then now() + interval '5 days' end,
  case when is_captured then at + interval '1 minute' end, case when is_captured then at + interval '2 minutes' end,
  case when is_captured then '{"brand": "visa", "last4": "4242", "expiryMonth": 12, "expiryYear": 2099}'::jsonb end,
  case when is_captured then jsonb_build_array(jsonb_build_object('amount', '19000', 'at', '1731071177858000')) end,
  case when is_captured then 'sandbox_' || n end
from (select *, state = 'captured' as is_captured from new_order) as o;

insert into event (merchant_id, source_kind, source_id, sequence, kind, state, amount, total, merchant_reference, command_id, at,
  details)
select 1, 'p', payment_id, step, s.kind, s.kind, 19000, 19000, 'FILL-' || n, gen_random_uuid(), at + step * interval '1 minute',
  case when step = 1 then current_setting('bench.details')::json end
from new_order o
join (values (1, 'created', null), (2, 'expired', 'expired'), (2, 'authorized', 'captured'), (3, 'captured', 'captured'))
  as s (step, kind, only_of) on only_of is null or only_of = o.state;

insert into transfer (merchant_id, source_kind, source_id, sequence, line, kind, debit, credit, currency, amount, at)
select 1, 'p', payment_id, sequence, line, kind, debit, credit, 'EUR', part, at + sequence * interval '1 minute'
from new_order
cross join (values
  (2, 0, 'authorization', 'authorization_memo', 'authorization_contra_memo', 19000),
  (3, 0, 'capture', 'shopper_receivable', 'merchant_payable', 19000),
  (3, 1, 'fee', 'merchant_payable', 'fee_income', 950),
  (3, 2, 'fee_tax', 'merchant_payable', 'fee_tax_payable', 209),
  (3, 3, 'authorization_release', 'authorization_contra_memo', 'authorization_memo', 19000)
) as l (sequence, line, kind, debit, credit, part)
where state = 'captured';
