-- What being late costs shoppers of a country, where the operator asks for it. A change is a new row: an order keeps the terms that stood when
-- its shopper agreed to them, so rows are never changed. Without stages nothing is asked for from then on.
create table late_fee_terms (
  country     text not null check (country ~ '^[A-Z]{2}$'),
  currency    text not null check (currency ~ '^[A-Z]{3}$'),
  since       timestamptz not null,
  -- [{"afterDays": 1, "amount": "120"}], minor units, and what they come to at most
  stages      jsonb not null check (jsonb_typeof(stages) = 'array' and jsonb_array_length(stages) <= 10),
  most_per_instalment  bigint not null check (most_per_instalment >= 0),
  most_of_order_ppm    integer not null check (most_of_order_ppm between 0 and 1000000),
  primary key (country, currency, since)
);

-- A fee of an instalment that was late. One for each stage, whoever finds it and however often.
create table late_fee (
  merchant_id  integer not null,
  payment_id   text not null,
  instalment   smallint not null check (instalment > 0),
  stage        smallint not null check (stage > 0),
  amount       bigint not null check (amount > 0),
  accrued_at   timestamptz not null,
  waived_at    timestamptz check (waived_at >= accrued_at),
  primary key (merchant_id, payment_id, instalment, stage)
);

create type new_late_fee as (
  merchant_id integer, payment_id text, instalment smallint, stage smallint, amount bigint, accrued_at timestamptz, waived_at timestamptz
);

-- The terms as they were found with the plan's days; the sum of its fees that were not waived, and what they may come to; what of them the
-- operator has given up.
alter table instalment_plan
  add column late_fee_terms jsonb,
  add column late_fees bigint not null default 0,
  add column most_late_fees bigint not null default 0,
  add column late_fees_written_off bigint not null default 0,
  add constraint instalment_plan_late_fees_within_most check (late_fees between 0 and most_late_fees),
  add constraint instalment_plan_late_fees_written_off_within check (late_fees_written_off between 0 and late_fees);

alter type plan_state
  add attribute late_fee_terms jsonb,
  add attribute late_fees bigint,
  add attribute most_late_fees bigint,
  add attribute late_fees_written_off bigint;

-- What of a call's amount is for fees.
alter table attempt
  add column late_fee bigint not null default 0,
  add constraint attempt_late_fee_within check (late_fee between 0 and amount);
alter type plan_step add attribute late_fee bigint;
