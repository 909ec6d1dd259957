-- Chains, wallets, and what arrives at them. chain, chain_endpoint, chain_token and chain_watch are small and the operator's; they would be
-- reference tables on a cluster, like merchant. So would wallet, a directory: an address of a chain belongs to one merchant for ever, so that
-- whatever is unique within a merchant (the amount a wallet is asked for, the transfer that counts once) is unique on the chain.
-- Everything else leads with merchant_id. Hashes and addresses are bytes; amounts of tokens are 256 bits wide in numeric(78).

create domain token_units as numeric(78) check (value >= 0 and value < 2::numeric ^ 256);
create domain chain_address as bytea check (length(value) = 20);
create domain chain_hash as bytea check (length(value) = 32);

-- confirmations counts a transfer's own block; has_finality says that the chain's `finalized` block can be believed.
create table chain (
  chain_id       bigint primary key check (chain_id > 0),
  name           text not null,
  coin           text not null,
  explorer_url   text,
  confirmations  integer not null check (confirmations between 1 and 10000),
  has_finality   boolean not null,
  is_local       boolean not null default false,
  is_enabled     boolean not null default true
);

-- An address of an RPC often holds a key: it is never printed whole.
create table chain_endpoint (
  chain_id  bigint not null references chain,
  position  smallint not null check (position between 1 and 16),
  url       text not null,
  primary key (chain_id, position),
  unique (chain_id, url)
);

-- A token is its contract; the symbol is only its name here. The zero address is the chain's own coin.
create table chain_token (
  chain_id    bigint not null references chain,
  token       chain_address not null,
  symbol      text not null,
  decimals    smallint not null check (decimals between 0 and 36),
  peg         text check (peg = 'USD'),
  is_enabled  boolean not null default true,
  primary key (chain_id, token),
  unique (chain_id, symbol)
);

-- Who watches a chain, and how far it has come. lease_until is the database's own time. Each step names its holder, so that one who lost the
-- lease without knowing writes nothing more.
create table chain_watch (
  chain_id     bigint primary key references chain,
  holder       uuid,
  lease_until  timestamptz,
  scanned      bigint check (scanned >= 0),
  head         bigint,
  finalized    bigint,
  problem      text,
  updated_at   timestamptz
);

-- The newest blocks that were scanned: where a chain and these no longer agree, it was reorganised.
create table chain_block (
  chain_id  bigint not null references chain,
  number    bigint not null,
  hash      chain_hash not null,
  primary key (chain_id, number)
);

create table wallet (
  merchant_id  integer not null references merchant,
  chain_id     bigint not null references chain,
  address      chain_address not null,
  is_current   boolean not null,
  added_at     timestamptz not null,
  primary key (merchant_id, chain_id, address),
  unique (chain_id, address)
);
create unique index wallet_current on wallet (merchant_id, chain_id) where is_current;

-- A merchant without a row has the defaults that the columns have. chains and tokens empty: all. tiers is
-- [{"currency": "USD", "from": "100000", "confirmations": 30}], amounts in minor units as texts.
create table chain_terms (
  merchant_id    integer primary key references merchant,
  chains         bigint[] not null default '{}',
  tokens         text[] not null default '{}',
  tolerance_ppm  integer not null default 0 check (tolerance_ppm between 0 and 200000),
  spread_ppm     integer not null default 0 check (spread_ppm between 0 and 200000),
  quote_ms       bigint not null default 900000 check (quote_ms between 60000 and 86400000),
  watch_ms       bigint not null default 86400000 check (watch_ms between 0 and 2592000000),
  tiers          jsonb not null default '[]'
);

-- What a payment asks for: exact units, which no other open one asks of the same wallet. received is the sum of its transfers that were not
-- undone. closed_at ends the watch; a closed one takes nothing more.
create table chain_amount (
  merchant_id    integer not null,
  payment_id     text not null,
  number         smallint not null check (number > 0),
  chain_id       bigint not null,
  token          chain_address not null,
  recipient      chain_address not null,
  units          token_units not null check (units > 0),
  received       token_units not null default 0,
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  minor          bigint not null check (minor > 0),
  price          numeric(60) not null check (price > 0),
  price_sources  text[] not null,
  price_at       timestamptz not null,
  confirmations  integer check (confirmations >= 0),
  tolerance_ppm  integer not null check (tolerance_ppm between 0 and 200000),
  created_at     timestamptz not null,
  expires_at     timestamptz not null,
  watched_until  timestamptz not null,
  closed_at      timestamptz,
  primary key (merchant_id, payment_id, number),
  constraint chain_amount_watched_to_its_end check (watched_until >= expires_at and expires_at > created_at)
) with (fillfactor = 80);
create unique index chain_amount_asked_once on chain_amount (merchant_id, chain_id, recipient, token, units)
  where closed_at is null;
create index chain_amount_part_paid on chain_amount (merchant_id, chain_id, recipient, token)
  where closed_at is null and received > 0;
create index chain_amount_watched on chain_amount (watched_until) where closed_at is null;

-- What a payer's page told. Nothing of it is proved.
create table chain_hint (
  merchant_id  integer not null,
  payment_id   text not null,
  chain_id     bigint not null,
  transaction  chain_hash,
  payer        chain_address,
  told_at      timestamptz not null,
  constraint chain_hint_tells_something check (num_nonnulls(transaction, payer) > 0)
);
create unique index chain_hint_told_once
  on chain_hint (merchant_id, payment_id, chain_id, coalesce(transaction, ''::bytea), coalesce(payer, ''::bytea));
create index chain_hint_by_transaction on chain_hint (merchant_id, transaction) where transaction is not null;
create index chain_hint_by_payer on chain_hint (merchant_id, payer) where payer is not null;

-- Every transfer to a wallet, once: log_index is -1 for the chain's own coin, lower where only the balance rose. One that no payment took
-- (payment_id null) stands in the merchant's inbox until it is attached or dismissed. minor is what it is worth to its payment.
create table chain_transfer (
  merchant_id   integer not null,
  chain_id      bigint not null,
  transaction   chain_hash not null,
  log_index     integer not null,
  token         chain_address not null,
  sender        chain_address not null,
  recipient     chain_address not null,
  units         token_units not null check (units > 0),
  block_number  bigint not null,
  block_hash    chain_hash not null,
  block_at      timestamptz not null,
  state         text not null check (state in ('seen', 'final', 'undone')),
  payment_id    text,
  number        smallint,
  minor         bigint,
  reason        text,
  dismissed_at  timestamptz,
  seen_at       timestamptz not null,
  settled_at    timestamptz,
  primary key (merchant_id, chain_id, transaction, log_index),
  constraint chain_transfer_is_somebodys check (num_nonnulls(payment_id, reason) = 1),
  constraint chain_transfer_names_its_amount check (num_nonnulls(payment_id, number, minor) in (0, 3)),
  constraint chain_transfer_settled_at_its_end check ((state = 'seen') = (settled_at is null)),
  constraint chain_transfer_dismissed_from_inbox check (dismissed_at is null or payment_id is null)
) with (fillfactor = 80);
create index chain_transfer_waiting on chain_transfer (chain_id, block_number) where state = 'seen';
create index chain_transfer_by_payment on chain_transfer (merchant_id, payment_id) where payment_id is not null;
create index chain_transfer_inbox on chain_transfer (merchant_id, seen_at) where payment_id is null and dismissed_at is null;
