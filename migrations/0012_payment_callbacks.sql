-- A payment may bring an address of its own along, which is told of that payment alone. All such addresses of a merchant share one endpoint of the
-- kind `callbacks`: it has a secret and a place in delivery like any other and no address of its own, so that a shop with a hundred thousand
-- payments is one receiver and not a hundred thousand. Each message carries the address it goes to.

alter table webhook_endpoint
  drop constraint webhook_endpoint_kind_check,
  add constraint webhook_endpoint_kind_check check (kind in ('http', 'listener', 'callbacks'));
create unique index webhook_endpoint_for_callbacks on webhook_endpoint (merchant_id) where kind = 'callbacks' and deleted_at is null;

create table payment_callback (
  merchant_id  integer not null,
  payment_id   text not null,
  url          text not null check (length(url) <= 2048),
  primary key (merchant_id, payment_id)
);

alter table webhook_message add column url text;
