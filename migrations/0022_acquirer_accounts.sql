-- Acquirer accounts are a merchant's (owner is its id) or the operator's own (owner 0). A small directory, a reference table on a
-- cluster. sealed_credentials is encrypted with the server's secret key, null where a connector needs none or none are entered yet.
-- Servers of an older version must be stopped before: they look for credentials where they no longer are.

create table acquirer_account (
  owner               integer not null check (owner >= 0),
  account_id          uuid not null,
  connector           text not null,
  currency            text not null check (currency ~ '^[A-Z]{3}$'),
  sealed_credentials  bytea,
  is_enabled          boolean not null default true,
  created_at          timestamptz not null default now(),
  primary key (owner, account_id)
);

-- What an instance held becomes its account, under the instance's own uuid: attempts name their acquirer by it.
insert into acquirer_account (owner, account_id, connector, currency, sealed_credentials)
  select merchant_id, uuid, acquirer, currency, sealed_credentials from salescloud_instance;

-- Null until the account of a new instance is made, in the same transaction.
alter table salescloud_instance
  add column account_id uuid,
  add constraint salescloud_instance_account foreign key (merchant_id, account_id) references acquirer_account;
update salescloud_instance set account_id = uuid;
alter table salescloud_instance drop column sealed_credentials;
