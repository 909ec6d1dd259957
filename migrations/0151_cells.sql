-- A cell is a schema with all tables, for many merchants. These two list them, and which one a name leads to; they are used in the first cell
-- alone, and stay empty while it is the only one.

-- number: merchants of a cell have the ids behind number * 10,000,000, so that none is there twice. database_url is sealed; null is the first cell's
-- own database. A cell that is not open takes no new merchants.
create table cell (
  name          text primary key check (name ~ '^[a-z][a-z0-9_]{0,30}$'),
  number        smallint not null unique check (number between 0 and 200),
  database_url  bytea,
  is_open       boolean not null default true,
  added_at      timestamptz not null default now()
);

-- Names are unique over all cells. Keys and wallets are hashes and addresses as hexadecimal text.
create table cell_name (
  kind  text not null check (kind in ('key', 'merchant', 'organization', 'prefix', 'wallet', 'widget')),
  name  text not null check (length(name) <= 100),
  cell  text not null references cell,
  primary key (kind, name)
);
