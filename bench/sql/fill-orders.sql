-- Orders as a shop leaves them behind: bench.orders of them over the last year, each with its request (bench.details), one
-- in ten still open, the others authorized, captured and booked. In the order of their tokens, so that the indexes are
-- built from left to right; the tokens themselves are as spread as real ones.
create temporary table new_order on commit drop as
select 'SHOP' || upper(lpad(to_hex((n * 2654435761) % 4294967296), 8, '0')) as payment_id,
  n,
  n % 10 = 0 as is_open,
  now() - interval '1 day' - (n % 31000000) * interval '1 second' as at
from generate_series(1::bigint, current_setting('bench.orders')::bigint) as n
order by 1;

insert into payment (merchant_id, payment_id, protocol, product, state, currency, total, authorized, captured, refunded,
  reduced, fee_ppm, fee_tax_ppm, merchant_reference, sequence, created_at, expires_at, timer_at, authorized_at, captured_at,
  instrument, captures, rail_reference)
select 1, payment_id, 'scalapay', 'pay-in-3', case when is_open then 'created' else 'captured' end, 'EUR', 19000,
  case when is_open then 0 else 19000 end, case when is_open then 0 else 19000 end, 0, 0, 50000, 220000, 'FILL-' || n,
  case when is_open then 1 else 3 end, at, case when is_open then now() + interval '5 days' end,
  case when is_open then now() + interval '5 days' end, case when not is_open then at + interval '1 minute' end,
  case when not is_open then at + interval '2 minutes' end,
  case when not is_open then '{"brand": "visa", "last4": "4242", "expiryMonth": 12, "expiryYear": 2099}'::jsonb end,
  case when not is_open then jsonb_build_array(jsonb_build_object('amount', '19000', 'at', '1731071177858000')) end,
  case when not is_open then 'sandbox_' || n end
from new_order;

insert into payment_event (merchant_id, payment_id, sequence, kind, state, amount, total, merchant_reference, command_id, at,
  details)
select 1, payment_id, step, kind, state, 19000, 19000, 'FILL-' || n, gen_random_uuid(), at + step * interval '1 minute',
  case when step = 1 then current_setting('bench.details')::json end
from new_order
cross join (values (1, 'created', 'created'), (2, 'authorized', 'authorized'), (3, 'captured', 'captured'))
  as s (step, kind, state)
where step = 1 or not is_open;

insert into transfer (merchant_id, payment_id, sequence, line, kind, debit, credit, currency, amount, at)
select 1, payment_id, 3, line, kind, debit, credit, 'EUR', part, at + interval '2 minutes'
from new_order
cross join (values (0, 'capture', 'authorized', 'merchant', 19000), (1, 'fee', 'merchant', 'fees', 950))
  as l (line, kind, debit, credit, part)
where not is_open;
