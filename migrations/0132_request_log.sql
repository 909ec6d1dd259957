-- What a shop's developers asked of the APIs in the last days: a sample when there is much of it, written in the background. Bodies hold neither
-- personal data nor secrets. Real time, whatever the sandbox's clock shows.
create table request_log (
  merchant_id integer not null,
  entry_id uuid not null,
  at timestamptz not null,
  api text not null,
  method text not null,
  path text not null,
  status smallint not null,
  latency_ms integer not null,
  request_id text not null,
  error_code text,
  request text,
  response text,
  -- requests of the merchant since the entry before that were too many to be kept
  skipped integer not null default 0,
  primary key (merchant_id, entry_id)
);
create index request_log_by_age on request_log (at);
create index request_log_errors on request_log (merchant_id, entry_id desc) where status >= 400;
