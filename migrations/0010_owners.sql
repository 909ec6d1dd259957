-- Transfers and events belong to an owner of any kind, not to a payment only: p a payment, i its instalment plan, o a payout, d a dispute.
-- Servers of an older version must be stopped before. Nothing is rewritten but two indexes; each keeps its size, since the kind is a byte
-- that their alignment left unused.

alter table payment_event rename to event;
alter table event rename column payment_id to source_id;
alter table event add column source_kind "char" not null default 'p';
alter table event alter column source_kind drop default;
alter table event alter column total drop not null;
alter table event drop constraint payment_event_pkey,
  add primary key (merchant_id, source_kind, source_id, sequence),
  add constraint event_source_kind_known check (source_kind in ('p', 'i', 'o', 'd')),
  add constraint event_of_a_payment_has_its_total check (source_kind <> 'p' or total is not null);
alter trigger payment_event_is_append_only on event rename to event_is_append_only;

alter table transfer rename column payment_id to source_id;
alter table transfer add column source_kind "char" not null default 'p';
alter table transfer alter column source_kind drop default;
alter table transfer drop constraint transfer_pkey,
  add primary key (merchant_id, source_kind, source_id, sequence, line),
  add constraint transfer_source_kind_known check (source_kind in ('p', 'i', 'o', 'd'));

alter table webhook_message rename column payment_id to source_id;
alter table webhook_message add column source_kind "char" not null default 'p';
alter table webhook_message alter column source_kind drop default;
alter table webhook_feed rename column payment_id to source_id;
alter table webhook_feed add column source_kind "char" not null default 'p';
alter table webhook_feed alter column source_kind drop default;

drop type new_event, new_transfer, announcement;

create type owned_event as (
  merchant_id         integer,
  source_kind         "char",
  source_id           text,
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

create type owned_transfer as (
  merchant_id  integer,
  source_kind  "char",
  source_id    text,
  sequence     integer,
  line         smallint,
  kind         text,
  debit        text,
  credit       text,
  currency     text,
  amount       bigint,
  at           timestamptz
);

create type owned_announcement as (
  merchant_id  integer,
  source_kind  "char",
  source_id    text,
  sequence     integer,
  event        text,
  at           timestamptz
);
