-- Who at the merchant did it, where it was a person in the portal; null for the merchant's own systems and for the program.
alter table event add column actor text check (length(actor) between 1 and 254);

-- As owned_event, which servers of an earlier version still write with.
create type acted_event as (
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
  details             json,
  actor               text
);
