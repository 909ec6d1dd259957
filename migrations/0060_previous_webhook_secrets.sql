-- A secret that was rotated out stays valid for its time however often another follows, so there may be several: both arrays have an
-- entry for each, newest first. A receiver may hold any of them, and a rotation that is merely repeated must take none away.
-- Servers of an older version should be stopped before: they look for the columns that go.
alter table webhook_endpoint
  add column previous_secrets bytea[] not null default '{}',
  add column previous_secrets_until timestamptz[] not null default '{}';

update webhook_endpoint set previous_secrets = array[previous_secret], previous_secrets_until = array[previous_secret_until]
  where previous_secret is not null;

alter table webhook_endpoint
  drop constraint webhook_endpoint_previous_secret_ends,
  drop column previous_secret,
  drop column previous_secret_until,
  add constraint webhook_endpoint_previous_secrets_end
    check (cardinality(previous_secrets) = cardinality(previous_secrets_until)),
  add constraint webhook_endpoint_previous_secrets_are_few check (cardinality(previous_secrets) <= 8);

-- Events that no protocol sends could be asked for once.
update webhook_endpoint set events = array(select name from unnest(events) with ordinality as e (name, position)
    where name not in ('delayed', 'part_captured', 'failed') order by position)
  where events && array['delayed', 'part_captured', 'failed'];
