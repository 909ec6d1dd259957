-- The time of a payment's newest event: no server dates the next one before it, however far behind its clock is. Null until the payment
-- changes for the first time, and of payments from before: then the other times of the row are what is known.
alter table payment add column changed_at timestamptz;

-- As changed_payment, which servers of an earlier version still write with.
create type dated_payment as (
  merchant_id integer,
  payment_id text,
  seen_sequence integer,
  state text,
  authorized bigint,
  captured bigint,
  refunded bigint,
  reduced bigint,
  received bigint,
  settled bigint,
  merchant_reference text,
  processor_reference text,
  sequence integer,
  expires_at timestamptz,
  timer_at timestamptz,
  authorized_at timestamptz,
  delayed_at timestamptz,
  captured_at timestamptz,
  voided_at timestamptz,
  instrument jsonb,
  pending_attempt jsonb,
  captures jsonb,
  rail_reference text,
  failure text,
  product text,
  changed_at timestamptz
);
