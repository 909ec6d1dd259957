-- A new secret key may follow the one that a database was made with. The fingerprints of those before it stay, oldest first: their place is the
-- number that a sealed text carries, so a server must bring the same keys in the same order.
alter table database_stamp add column previous_fingerprints bytea[] not null default '{}' check (cardinality(previous_fingerprints) <= 32);

create or replace function refuse_other_stamp() returns trigger language plpgsql as $$
begin
  if new.mode = old.mode and (
    old.secret_fingerprint is null
    or (new.secret_fingerprint = old.secret_fingerprint and new.previous_fingerprints = old.previous_fingerprints)
    or new.previous_fingerprints = old.previous_fingerprints || old.secret_fingerprint
  ) then
    return new;
  end if;
  raise exception 'the stamp of a database is never changed, but for a secret key that follows another'
    using errcode = 'restrict_violation';
end $$;
