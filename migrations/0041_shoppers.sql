-- Shoppers: accounts, one-time codes, sessions, cards. They belong to no merchant; what is a shopper's leads with shopper_id, and
-- sign-ins, which may have no account yet, with owner (contact:<hash>).

create table shopper (
  shopper_id   uuid primary key,
  email        text,
  phone        text,
  given_names  text,
  surname      text,
  birth_date   date,
  address      text,
  postcode     text,
  city         text,
  country      text check (country ~ '^[A-Z]{2}$'),
  language     text not null,
  state        text not null default 'active' check (state in ('active', 'blocked', 'erased')),
  created_at   timestamptz not null,
  constraint shopper_profile_is_whole check (num_nulls(given_names, surname, birth_date, address, postcode, city, country) in (0, 7)),
  constraint shopper_erased_is_empty check (state <> 'erased' or num_nonnulls(email, phone, given_names) = 0)
);

-- Which account a contact opens: e-mail addresses in small letters, phone numbers in the form of E.164. A small directory, found
-- by something else than its owner. A contact stands here only after its owner proved it with a code.
create table shopper_contact (
  contact     text primary key,
  shopper_id  uuid not null
);
create index shopper_contact_by_shopper on shopper_contact (shopper_id);

-- One code, sent to one contact, for one browser. hash is keyed, for six digits are soon tried.
create table shopper_sign_in (
  owner         text not null check (owner ~ '^contact:'),
  sign_in_id    uuid not null,
  contact       text not null,
  visitor_hash  bytea not null check (length(visitor_hash) = 32),
  address_hash  bytea not null check (length(address_hash) = 32),
  code_hash     bytea not null check (length(code_hash) = 32),
  tries         smallint not null default 0 check (tries between 0 and 5),
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  used_at       timestamptz,
  primary key (owner, sign_in_id)
);
create index shopper_sign_in_by_visitor on shopper_sign_in (visitor_hash, created_at);
create index shopper_sign_in_by_address on shopper_sign_in (address_hash, created_at);
create index shopper_sign_in_by_age on shopper_sign_in (created_at);

create table shopper_session (
  shopper_id     uuid not null,
  session_id     uuid not null,
  hash           bytea not null check (length(hash) = 32),
  is_remembered  boolean not null,
  device         text not null,
  created_at     timestamptz not null,
  last_seen_at   timestamptz not null,
  expires_at     timestamptz not null,
  primary key (shopper_id, session_id)
);

-- What is kept of a card: never its number. token is the acquirer's name for it, encrypted; one card is the default.
create table shopper_card (
  shopper_id    uuid not null,
  card_id       uuid not null,
  brand         text not null,
  last4         text not null check (last4 ~ '^[0-9]{4}$'),
  expiry_month  smallint not null check (expiry_month between 1 and 12),
  expiry_year   smallint not null check (expiry_year between 2000 and 9999),
  acquirer      text not null,
  token         bytea not null,
  is_default    boolean not null,
  created_at    timestamptz not null,
  removed_at    timestamptz,
  primary key (shopper_id, card_id)
);
create unique index shopper_card_one_default on shopper_card (shopper_id) where is_default and removed_at is null;

-- Which shopper an order belongs to, once one has confirmed it, and what the checkout remembers of it before.
create table checkout (
  merchant_id   integer not null,
  payment_id    text not null,
  shopper_id    uuid,
  card_id       uuid,
  feedback      text,
  updated_at    timestamptz not null,
  primary key (merchant_id, payment_id)
);

-- The orders of a shopper, newest first: the way from an account to its merchants' payments.
create table shopper_order (
  shopper_id   uuid not null,
  merchant_id  integer not null,
  payment_id   text not null,
  created_at   timestamptz not null,
  primary key (shopper_id, merchant_id, payment_id)
);
