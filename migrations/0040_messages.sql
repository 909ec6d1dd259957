-- Messages to people: e-mails and texts, written in the transaction that causes them and sent by a job.
-- owner is shopper:<id>, merchant:<id> or contact:<hash>, so the table can be distributed by it. facts hold no text: that is
-- made when a message is sent. next_attempt_at is in the (sandbox) time of the event; claimed_until is the database's own time.

create table message (
  owner            text not null check (owner ~ '^(shopper|merchant|contact):'),
  message_id       uuid not null,
  cause            text not null,
  merchant_id      integer,
  kind             text not null,
  channel          text not null check (channel in ('email', 'sms')),
  recipient        text not null,
  language         text not null,
  facts            jsonb not null,
  state            text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed', 'unknown')),
  attempts         smallint not null default 0 check (attempts >= 0),
  next_attempt_at  timestamptz,
  claimed_until    timestamptz,
  useful_until     timestamptz,
  error            text,
  created_at       timestamptz not null,
  sent_at          timestamptz,
  primary key (owner, message_id),
  constraint message_due_while_pending check ((state = 'pending') = (next_attempt_at is not null)),
  constraint message_claimed_while_sending check ((state = 'sending') = (claimed_until is not null)),
  constraint message_sent_has_a_time check ((state = 'sent') = (sent_at is not null))
) with (fillfactor = 80);

-- Nobody is told of one cause twice on one channel, whoever writes the message and however often.
create unique index message_once on message (owner, cause, channel);
create index message_due on message (next_attempt_at) where state = 'pending';
create index message_claimed on message (claimed_until) where state = 'sending';
create index message_by_age on message (created_at);

create type new_message as (
  owner            text,
  cause            text,
  merchant_id      integer,
  kind             text,
  channel          text,
  recipient        text,
  language         text,
  facts            jsonb,
  next_attempt_at  timestamptz,
  useful_until     timestamptz,
  created_at       timestamptz
);
