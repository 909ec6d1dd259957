-- Which mode a database is for, and with which secret key it was made: public sandbox keys must never open real payments, and what
-- another key has sealed can never be read again. One row, written by the first server or command and never changed.
-- secret_fingerprint is null until a program that knows the key has been here.
create table database_stamp (
  is_only_row         boolean primary key default true check (is_only_row),
  mode                text not null check (mode in ('sandbox', 'live')),
  secret_fingerprint  bytea check (length(secret_fingerprint) = 32)
);

-- Databases from before: the sandbox has always had its fixture merchants, so one with merchants and without them is live.
insert into database_stamp (mode)
  select case when bool_or(is_fixture) then 'sandbox' else 'live' end from merchant having count(*) > 0;

create function refuse_other_stamp() returns trigger language plpgsql as $$
begin
  if new.mode <> old.mode or new.secret_fingerprint is distinct from coalesce(old.secret_fingerprint, new.secret_fingerprint) then
    raise exception 'the stamp of a database is never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger database_stamp_never_changes before update on database_stamp
  for each row execute function refuse_other_stamp();

create function refuse_fixture_in_live() returns trigger language plpgsql as $$
begin
  if exists (select from database_stamp where mode = 'live') then
    raise exception 'a live database takes no sandbox merchant' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger merchant_fixture_is_for_the_sandbox before insert or update on merchant
  for each row when (new.is_fixture) execute function refuse_fixture_in_live();
