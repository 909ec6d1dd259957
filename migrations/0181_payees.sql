-- Who has proved an address by its signature and is paid there by requests of its own: a merchant with nothing but wallets. A small directory, like wallet.
create table payee (
  address      chain_address primary key,
  merchant_id  integer not null unique references merchant,
  opened_at    timestamptz not null
);
