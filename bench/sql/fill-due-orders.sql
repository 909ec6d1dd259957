-- Orders that no shopper came for: bench.orders of them, each with its request (bench.details), all of which fall due at the
-- instant bench.due.
create temporary table new_order on commit drop as
select 'SHOP' || upper(lpad(to_hex((n * 2654435761) % 4294967296), 8, '0')) as payment_id,
  now() as at, current_setting('bench.due')::timestamptz as due
from generate_series(1::bigint, current_setting('bench.orders')::bigint) as n
order by 1;

insert into payment (merchant_id, payment_id, protocol, product, funding, state, currency, total, authorized, captured, refunded,
  reduced, fee_ppm, fee_tax_ppm, merchant_reference, sequence, created_at, expires_at, timer_at)
select 1, payment_id, 'scalapay', 'pay-in-3', 'shopper', 'created', 'EUR', 19000, 0, 0, 0, 0, 50000, 220000, 'DUE', 1, at, due, due
from new_order;

insert into event (merchant_id, source_kind, source_id, sequence, kind, state, amount, total, merchant_reference, command_id, at,
  details)
select 1, 'p', payment_id, 1, 'created', 'created', 19000, 19000, 'DUE', gen_random_uuid(), at,
  current_setting('bench.details')::json
from new_order;
