-- The rows that a batch of the engine sends: one array of them for a statement (src/db/binary-rows.ts). A type here is a promise to
-- servers that still run: what must change gets a type of another name.

create type payment_key as (merchant_id integer, payment_id text, wants_details boolean);
create type idempotency_key as (merchant_id integer, operation text, key text);
create type command_key as (merchant_id integer, payment_id text, command_id uuid);

create type new_payment as (
  merchant_id         integer,
  payment_id          text,
  protocol            text,
  product             text,
  currency            text,
  total               bigint,
  fee_ppm             integer,
  fee_tax_ppm         integer,
  merchant_reference  text,
  sequence            integer,
  created_at          timestamptz,
  expires_at          timestamptz,
  instrument          jsonb,
  pending_attempt     jsonb
);

create type payment_change as (
  merchant_id          integer,
  payment_id           text,
  seen_sequence        integer,
  state                text,
  authorized           bigint,
  captured             bigint,
  refunded             bigint,
  reduced              bigint,
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

create type new_event as (
  merchant_id         integer,
  payment_id          text,
  sequence            integer,
  kind                text,
  state               text,
  amount              bigint,
  total               bigint,
  merchant_reference  text,
  note                text,
  command_id          uuid,
  at                  timestamptz,
  details             json
);

create type announcement as (merchant_id integer, payment_id text, sequence integer, event text, at timestamptz);

create type new_transfer as (
  merchant_id  integer,
  payment_id   text,
  sequence     integer,
  line         smallint,
  kind         text,
  debit        text,
  credit       text,
  currency     text,
  amount       bigint,
  at           timestamptz
);

create type new_attempt as (
  merchant_id     integer,
  payment_id      text,
  attempt_id      uuid,
  purpose         text,
  acquirer        text,
  amount          bigint,
  rail_reference  text,
  started_at      timestamptz,
  check_at        timestamptz
);

create type attempt_end as (
  merchant_id     integer,
  payment_id      text,
  attempt_id      uuid,
  state           text,
  rail_reference  text,
  failure         text,
  code            text,
  payload         jsonb,
  finished_at     timestamptz
);

create type new_response as (
  merchant_id  integer,
  operation    text,
  key          text,
  body_hash    bytea,
  response     text,
  created_at   timestamptz
);

create type new_salescloud_order as (
  merchant_id        integer,
  payment_id         text,
  organization_uuid  uuid,
  channel_uuid       uuid,
  instance_uuid      uuid,
  request_id         text,
  created_at         timestamptz,
  details            json
);

-- Ends a batch that decided on a payment without a lock, when the payment has changed since or is gone.
create function expect_rows(actual bigint, expected bigint) returns void language plpgsql as $$
begin
  if actual <> expected then
    raise exception 'only % of % rows are as they were seen', actual, expected using errcode = 'serialization_failure';
  end if;
end $$;
