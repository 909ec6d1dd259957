-- What staff does with keys in the portal: a name for each, an end that is set when another key takes its place, and when it was last seen.
-- Rotation names the key it replaces, so that webhooks are signed with the old one until the shop has shown the new one once.
alter table api_key
  add column name text not null default '' check (length(name) <= 60),
  add column expires_at timestamptz,
  add column last_used_at timestamptz,
  add column replaces text check (replaces <> id);
