-- What a trigger reads, it reads in the schema of its table and not where its session looks: on a cluster the session may be one node's with another.

create or replace function refuse_delete_but_of_moved() returns trigger language plpgsql as $$
declare
  is_dropping boolean;
begin
  execute format('select exists (select from %I.moving_merchant where merchant_id = $1 and state = ''dropping'')', tg_table_schema)
    into is_dropping using old.merchant_id;
  if is_dropping then
    return old;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create or replace function refuse_frozen_merchant() returns trigger language plpgsql as $$
declare
  moving record;
begin
  execute format('select state, until from %I.moving_merchant where merchant_id = $1 for share', tg_table_schema)
    into moving using tg_argv[0]::integer;
  if moving.state in ('left', 'dropped') or (moving.state = 'frozen' and moving.until > clock_timestamp()) then
    raise exception 'merchant % is moving to another cell', tg_argv[0] using errcode = '55T01';
  end if;
  return coalesce(new, old);
end $$;

create or replace function refuse_fixture_in_live() returns trigger language plpgsql as $$
declare
  is_live boolean;
begin
  execute format('select exists (select from %I.database_stamp where mode = ''live'')', tg_table_schema) into is_live;
  if is_live then
    raise exception 'a live database takes no sandbox merchant' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create or replace function refuse_what_is_sold_in_euros() returns trigger language plpgsql as $$
declare
  sold_in text;
begin
  execute format('select currency from %I.merchant where id = $1', tg_table_schema) into sold_in using new.merchant_id;
  if sold_in <> 'EUR' then
    raise exception 'this is sold in EUR only, and the merchant sells in another currency'
      using errcode = 'check_violation', constraint = tg_name;
  end if;
  return null;
end $$;
