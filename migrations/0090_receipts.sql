-- Payments that nobody collects: money arrives in the merchant's own wallet. received is what arrived and was not undone, settled is what of it is
-- final, both in minor units of the payment's currency; null where a rail collects. Servers of an older version must be stopped before.

alter table payment add column received bigint, add column settled bigint;
alter table payment
  drop constraint payment_state_known,
  add constraint payment_state_known check (state in ('created', 'processing', 'authorized', 'delayed', 'captured',
    'partially_refunded', 'refunded', 'voided', 'expired', 'lapsed', 'failed')),
  drop constraint payment_state_fits_amounts,
  add constraint payment_state_fits_amounts check (case state
    when 'created' then authorized = 0 and captured = 0
    when 'processing' then authorized = 0 and captured = 0 and received > 0
    when 'authorized' then authorized = total and captured = 0
    when 'captured' then captured > 0 and refunded = 0
    when 'partially_refunded' then refunded > 0 and refunded < captured
    when 'refunded' then captured > 0 and refunded = captured
    when 'voided' then captured = refunded
    when 'expired' then authorized = 0
    when 'lapsed' then captured = 0
    when 'failed' then captured = 0
    else refunded = 0 end),
  add constraint payment_settled_within_received check (received is null or (settled is not null and settled between 0 and received)),
  add constraint payment_receives_where_nobody_collects check ((received is not null) <= (funding = 'none')),
  add constraint payment_captured_within_settled check (funding <> 'none' or captured <= coalesce(settled, 0));

drop type payment_change;
create type changed_payment as (
  merchant_id          integer,
  payment_id           text,
  seen_sequence        integer,
  state                text,
  authorized           bigint,
  captured             bigint,
  refunded             bigint,
  reduced              bigint,
  received             bigint,
  settled              bigint,
  merchant_reference   text,
  processor_reference  text,
  sequence             integer,
  expires_at           timestamptz,
  timer_at             timestamptz,
  authorized_at        timestamptz,
  delayed_at           timestamptz,
  captured_at          timestamptz,
  voided_at            timestamptz,
  instrument           jsonb,
  pending_attempt      jsonb,
  captures             jsonb,
  rail_reference       text,
  failure              text
);
