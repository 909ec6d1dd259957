-- Webhooks: endpoints, the outbox, the log of attempts, and the feed that `tercet listen` reads.
-- As in 0001, hot tables lead with merchant_id and nothing unique crosses merchants.

-- A kind of endpoint that is a listener has no URL: its messages go to the feed. secret is a whsec_ text, encrypted;
-- the previous one stays valid for a while after a rotation. events null means every event. A disabled endpoint's
-- messages wait until it is enabled again.
create table webhook_endpoint (
  merchant_id            integer not null references merchant,
  endpoint_id            uuid not null,
  kind                   text not null check (kind in ('http', 'listener')),
  url                    text,
  description            text not null default '',
  events                 text[],
  enabled                boolean not null default true,
  secret                 bytea not null,
  previous_secret        bytea,
  previous_secret_until  timestamptz,
  created_at             timestamptz not null,
  deleted_at             timestamptz,
  primary key (merchant_id, endpoint_id),
  constraint webhook_endpoint_url_fits_kind check ((kind = 'http') = (url is not null)),
  constraint webhook_endpoint_previous_secret_ends check ((previous_secret is null) = (previous_secret_until is null))
);
create index webhook_endpoint_live on webhook_endpoint (merchant_id) where deleted_at is null;

-- A version 7 UUID: ids made in time order are cheap to index, and a range of time is a range of ids. PostgreSQL has its
-- own only from version 18 on.
create function time_ordered_uuid(at timestamptz) returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- The outbox: one row per event and endpoint, written in the transaction of the event. The body is rendered from the
-- event when it is sent. next_attempt_at is in the (sandbox) time of the event; claimed_until is the database's own
-- time, so that moving the sandbox clock takes no message away from its deliverer.
create table webhook_message (
  merchant_id      integer not null,
  message_id       uuid not null,
  endpoint_id      uuid not null,
  payment_id       text not null,
  sequence         integer not null,
  event            text not null,
  state            text not null default 'pending' check (state in ('pending', 'delivered', 'dead', 'skipped')),
  attempts         smallint not null default 0,
  next_attempt_at  timestamptz,
  claimed_until    timestamptz,
  created_at       timestamptz not null,
  primary key (merchant_id, message_id),
  constraint webhook_message_due_while_pending check ((state = 'pending') = (next_attempt_at is not null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- By endpoint, so that a dead endpoint's backlog is stepped over in one descent, however long it is.
create index webhook_message_due on webhook_message (merchant_id, endpoint_id, next_attempt_at, sequence)
  where state = 'pending';

-- Every attempt. status is null when no answer came, and error says why. answer is the first 2 KB of the body.
create table webhook_attempt (
  merchant_id  integer not null,
  message_id   uuid not null,
  attempt_id   bigint generated always as identity,
  at           timestamptz not null,
  status       smallint,
  error        text,
  latency_ms   integer not null,
  answer       text,
  primary key (merchant_id, message_id, attempt_id),
  constraint webhook_attempt_has_an_outcome check (status is not null or error is not null)
);
create trigger webhook_attempt_never_changes before update on webhook_attempt
  for each statement execute function refuse_change();

-- What a listener reads, in the order (xact, position). Rows of a transaction that is still open are not read past: a
-- reader stops before pg_snapshot_xmin, below which every transaction has ended, so no row can appear behind a cursor.
create table webhook_feed (
  merchant_id  integer not null,
  endpoint_id  uuid not null,
  xact         xid8 not null default pg_current_xact_id(),
  position     bigint generated always as identity,
  message_id   uuid not null,
  payment_id   text not null,
  sequence     integer not null,
  event        text not null,
  is_replay    boolean not null,
  created_at   timestamptz not null,
  primary key (merchant_id, endpoint_id, xact, position)
);
