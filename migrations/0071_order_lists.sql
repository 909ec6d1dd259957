-- What the portal finds orders by. The hot path pays one entry of an index that grows at its end; all else is written by a job.

create index payment_newest on payment (merchant_id, created_at desc, payment_id desc);

-- Who an order is for, as its request says, for the search by e-mail. Written after the order, by a job.
create table payment_contact (
  merchant_id integer not null,
  payment_id text not null,
  email text not null check (email = lower(email)),
  created_at timestamptz not null,
  primary key (merchant_id, payment_id)
);
create index payment_contact_by_email on payment_contact (merchant_id, email, created_at desc);

-- How far the job has read a merchant's orders.
create table payment_contact_progress (
  merchant_id integer primary key references merchant (id),
  read_until timestamptz not null
);

create table payment_note (
  merchant_id integer not null,
  payment_id text not null,
  note_id uuid not null,
  author text not null,
  text text not null check (length(text) between 1 and 2000),
  at timestamptz not null,
  primary key (merchant_id, payment_id, note_id)
);

-- A filter of the order list that a person keeps under a name.
create table saved_view (
  merchant_id integer not null references merchant (id),
  user_id uuid not null references staff (user_id),
  name text not null check (length(name) between 1 and 60),
  query jsonb not null check (length(query::text) < 2000),
  primary key (merchant_id, user_id, name)
);
