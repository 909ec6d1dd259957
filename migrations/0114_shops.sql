-- What a shop's own system signs its webhooks with, sealed.
create table shop_secret (
  merchant_id  integer primary key references merchant,
  secret       bytea not null,
  set_at       timestamptz not null
);

-- Orders by the numbers that a shop's status page knows of them, which names no merchant. Two merchants may claim one number: then it is nobody's.
create table shop_order (
  merchant_id   integer not null references merchant,
  order_id      text not null check (order_id ~ '^[0-9]{1,20}$'),
  order_number  text not null check (length(order_number) <= 255),
  primary key (merchant_id, order_id)
);
create index shop_order_by_number on shop_order (order_id);

-- Requests that are called off in their shop when nothing has come and nothing is watched for any more; due_at is when to look.
create table unpaid_order (
  merchant_id  integer not null,
  payment_id   text not null,
  due_at       timestamptz not null,
  primary key (merchant_id, payment_id)
);
create index unpaid_order_due on unpaid_order (due_at);

alter table chain_terms add column cancel_unpaid boolean not null default false;

-- What was called off after its time is told as well.
update webhook_endpoint set events = array_append(events, 'voided')
  where kind = 'callbacks' and not 'voided' = any(events);
