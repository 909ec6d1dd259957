-- The SalesCloud catalogue, what of it is taken, and the orders that were paid by it.
-- Every primary key leads with merchant_id and no reference crosses merchants. salescloud_organization is small and would be a
-- reference table on a cluster, like merchant: its uuid alone, in a request's path, names the merchant.

create table salescloud_organization (
  merchant_id        integer not null references merchant,
  organization_uuid  uuid not null,
  title              text not null,
  currency           text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone          text not null,
  is_enabled         boolean not null,
  primary key (merchant_id, organization_uuid),
  unique (organization_uuid)
);

create table salescloud_channel (
  merchant_id        integer not null,
  uuid               uuid not null,
  organization_uuid  uuid not null,
  title              text not null,
  is_pos             boolean not null,
  is_enabled         boolean not null,
  primary key (merchant_id, uuid),
  foreign key (merchant_id, organization_uuid) references salescloud_organization
);

-- sealed_credentials is encrypted with the server's secret key; bearer_key_hash is SHA-256 of a key a caller must show.
create table salescloud_instance (
  merchant_id                      integer not null,
  uuid                             uuid not null,
  organization_uuid                uuid not null,
  title                            text not null,
  namespace                        text not null,
  currency                         text not null check (currency ~ '^[A-Z]{3}$'),
  acquirer                         text not null,
  sealed_credentials               bytea,
  bearer_key_hash                  bytea check (length(bearer_key_hash) = 32),
  ip_allow_list                    text[] not null,
  requests_per_minute              integer not null check (requests_per_minute > 0),
  requests_per_minute_per_address  integer not null check (requests_per_minute_per_address > 0),
  declines_per_hour_per_address    integer not null check (declines_per_hour_per_address > 0),
  is_enabled                       boolean not null,
  primary key (merchant_id, uuid),
  foreign key (merchant_id, organization_uuid) references salescloud_organization
);

create table salescloud_location (
  merchant_id        integer not null,
  uuid               uuid not null,
  organization_uuid  uuid not null,
  title              text not null,
  is_enabled         boolean not null,
  primary key (merchant_id, uuid),
  foreign key (merchant_id, organization_uuid) references salescloud_organization
);

create table salescloud_unit (
  merchant_id        integer not null,
  uuid               uuid not null,
  organization_uuid  uuid not null,
  title              text not null,
  location_uuid      uuid,
  is_enabled         boolean not null,
  primary key (merchant_id, uuid),
  foreign key (merchant_id, organization_uuid) references salescloud_organization,
  foreign key (merchant_id, location_uuid) references salescloud_location
);

create table salescloud_delivery_service (
  merchant_id        integer not null,
  uuid               uuid not null,
  organization_uuid  uuid not null,
  title              text not null,
  price              bigint not null check (price >= 0),
  is_enabled         boolean not null,
  primary key (merchant_id, uuid),
  foreign key (merchant_id, organization_uuid) references salescloud_organization
);

-- used counts only where there is a limit: a coupon without one would be a row that every order waits for.
create table salescloud_coupon (
  merchant_id         integer not null,
  uuid                uuid not null,
  organization_uuid   uuid not null,
  title               text not null,
  percent_hundredths  integer check (percent_hundredths between 0 and 10000),
  amount              bigint check (amount >= 0),
  valid_from          timestamptz,
  valid_until         timestamptz,
  minimum             bigint not null check (minimum >= 0),
  usage_limit         integer check (usage_limit >= 0),
  used                integer not null default 0,
  is_enabled          boolean not null,
  primary key (merchant_id, uuid),
  foreign key (merchant_id, organization_uuid) references salescloud_organization,
  constraint salescloud_coupon_one_value check (num_nonnulls(percent_hundredths, amount) = 1),
  constraint salescloud_coupon_within_limit check (used >= 0 and used <= usage_limit)
) with (fillfactor = 80);

create table salescloud_discount_rule (
  merchant_id         integer not null,
  organization_uuid   uuid not null,
  machine_name        text not null,
  admin_title         text not null,
  name                text not null,
  sort_order          integer not null,
  kind                text not null check (kind in ('product', 'order')),
  percent_hundredths  integer check (percent_hundredths between 0 and 10000),
  amount              bigint check (amount >= 0),
  is_compatible       boolean not null,
  conditions          jsonb not null,
  is_enabled          boolean not null,
  primary key (merchant_id, organization_uuid, machine_name),
  foreign key (merchant_id, organization_uuid) references salescloud_organization,
  constraint salescloud_discount_rule_one_value check (num_nonnulls(percent_hundredths, amount) = 1)
);

create table salescloud_product (
  merchant_id        integer not null,
  uuid               uuid not null,
  organization_uuid  uuid not null,
  title              text not null,
  price              bigint not null check (price >= 0),
  product_type       text,
  department         text,
  categories         text[] not null,
  attributes         text[] not null,
  is_event           boolean not null,
  variation_types    jsonb not null,
  is_enabled         boolean not null,
  primary key (merchant_id, uuid),
  foreign key (merchant_id, organization_uuid) references salescloud_organization
);

create table salescloud_variation (
  merchant_id   integer not null,
  uuid          uuid not null,
  product_uuid  uuid not null,
  position      integer not null,
  type          text not null,
  title         text not null,
  price_change  bigint not null,
  primary key (merchant_id, uuid),
  foreign key (merchant_id, product_uuid) references salescloud_product
);
create index salescloud_variation_by_product on salescloud_variation (merchant_id, product_uuid);

-- One row for each start that is on sale. The check is what two parallel sales cannot both pass.
create table event_capacity (
  merchant_id   integer not null,
  product_uuid  uuid not null,
  starts_at     timestamptz not null,
  ends_at       timestamptz,
  capacity      integer not null,
  taken         integer not null default 0,
  primary key (merchant_id, product_uuid, starts_at),
  foreign key (merchant_id, product_uuid) references salescloud_product,
  constraint event_capacity_not_oversold check (taken between 0 and capacity)
) with (fillfactor = 80);

-- What an order keeps from others: units of a start, or one use of a limited coupon. Gone once it is given back.
create table salescloud_hold (
  merchant_id   integer not null,
  payment_id    text not null,
  line          smallint not null,
  product_uuid  uuid,
  starts_at     timestamptz,
  coupon_uuid   uuid,
  quantity      integer not null check (quantity > 0),
  primary key (merchant_id, payment_id, line),
  constraint salescloud_hold_one_thing check (
    num_nonnulls(product_uuid, coupon_uuid) = 1 and (product_uuid is null) = (starts_at is null))
);

-- The order a payment was asked for with, as priced and as sent (JSON text, so that a client's characters come back as they
-- went in). Written once, with the payment.
create table salescloud_order (
  merchant_id        integer not null,
  payment_id         text not null,
  organization_uuid  uuid not null,
  channel_uuid       uuid not null,
  instance_uuid      uuid not null,
  request_id         text,
  created_at         timestamptz not null,
  details            json not null,
  primary key (merchant_id, payment_id)
);
create index salescloud_order_newest on salescloud_order (merchant_id, organization_uuid, created_at desc, payment_id desc);
create index salescloud_order_by_request on salescloud_order (merchant_id, request_id)
  where request_id is not null;

create trigger salescloud_order_is_append_only before update or delete or truncate on salescloud_order
  for each statement execute function refuse_change();
