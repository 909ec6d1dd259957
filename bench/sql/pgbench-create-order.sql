-- The rows of one created order, one transaction each: what the database alone can do without batches.
begin;
with new as (
  insert into payment (merchant_id, payment_id, protocol, product, funding, state, currency, total, authorized, captured, refunded,
    reduced, fee_ppm, fee_tax_ppm, merchant_reference, sequence, created_at, expires_at, timer_at)
  values (1, 'SHOP' || upper(substr(md5(random()::text), 1, 8)), 'scalapay', 'pay-in-3', 'shopper', 'created', 'EUR', 19000, 0, 0, 0,
    0, 50000, 220000, substr(md5(random()::text), 1, 16), 1, now(), now() + interval '40 minutes', now() + interval '40 minutes')
  on conflict do nothing -- eight hexadecimal digits meet now and then; the product would pick another id
  returning merchant_id, payment_id, merchant_reference
)
insert into event (merchant_id, source_kind, source_id, sequence, kind, state, amount, total, merchant_reference, command_id, at, details)
select merchant_id, 'p', payment_id, 1, 'created', 'created', 19000, 19000, merchant_reference, gen_random_uuid(), now(),
  json_build_object('padding', repeat('x', 1400))
from new;
commit;
