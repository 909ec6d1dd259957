-- The plan by which a shopper pays what the operator has funded. It leads with the merchant, so that it is marked in the transaction
-- that captures, gives back or ends its payment; shopper_id leads from it to its person, by id only. What there is to pay follows from
-- the payment's row and the plan's steps (attempt); what stands here is who pays, with which card, and when somebody looks again.

create table instalment_plan (
  merchant_id     integer not null,
  payment_id      text not null,
  shopper_id      uuid,
  zone            text,
  frequency       jsonb,
  -- the card that replaced the one that authorized the order; its token is encrypted
  card            jsonb,
  -- newest event
  sequence        integer not null default 0,
  owed            bigint not null default 0 check (owed >= 0),
  overdue_since   timestamptz,
  written_off     bigint not null default 0 check (written_off >= 0),
  written_off_at  timestamptz,
  check_at        timestamptz,
  created_at      timestamptz not null,
  primary key (merchant_id, payment_id)
) with (fillfactor = 50);
create index instalment_plan_due on instalment_plan (check_at) where check_at is not null;
create index instalment_plan_of_shopper on instalment_plan (shopper_id) where shopper_id is not null;

create type plan_mark as (merchant_id integer, payment_id text, at timestamptz);

-- A call for a plan says which instalment it is for (0: the hold itself), with which card, and which charge it gives back. The job that
-- asks about payments' attempts leaves these to the plan's.
alter table attempt
  add column instalment smallint check (instalment >= 0),
  add column card_id text,
  add column of_attempt uuid;

-- Nothing is charged twice: a plan has one call under way.
create unique index attempt_one_step_of_a_plan on attempt (merchant_id, payment_id) where state = 'pending' and instalment is not null;

create type plan_step as (
  merchant_id     integer,
  payment_id      text,
  attempt_id      uuid,
  purpose         text,
  acquirer        text,
  amount          bigint,
  rail_reference  text,
  started_at      timestamptz,
  instalment      smallint,
  card_id         text,
  of_attempt      uuid
);

create type plan_state as (
  merchant_id     integer,
  payment_id      text,
  shopper_id      uuid,
  zone            text,
  frequency       jsonb,
  card            jsonb,
  sequence        integer,
  owed            bigint,
  overdue_since   timestamptz,
  written_off     bigint,
  written_off_at  timestamptz,
  check_at        timestamptz
);
