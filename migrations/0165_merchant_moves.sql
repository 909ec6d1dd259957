-- One merchant moves from a cell to another. Each of the two cells says here how the merchant stands in it; a merchant without a row lives here.
--   leaving: is copied, and served as before         arriving: is being copied into this cell, and not served
--   closed: not served, what was begun still ends    left: lives in another cell; its old rows are kept aside
--   frozen: nothing of it can be written             dropping, dropped: they are being deleted; only its names stay
-- closed and frozen hold until a time that whoever moves it puts off, so that a merchant whose move is interrupted goes on by itself.
-- mover: only who has this number may go on with the move.
create table moving_merchant (
  merchant_id  integer primary key check (merchant_id > 0),
  state        text not null check (state in ('leaving', 'closed', 'frozen', 'left', 'arriving', 'dropping', 'dropped')),
  mover        uuid not null,
  until        timestamptz,
  check ((state in ('closed', 'frozen')) = (until is not null))
);

-- In the first cell: from where to where, and since when it has happened. chains: how far each chain was read for the merchant when it was closed.
create table merchant_move (
  merchant_id  integer primary key check (merchant_id > 0),
  source       text not null,
  target       text not null check (target <> source),
  began_at     timestamptz not null default clock_timestamp(),
  switched_at  timestamptz,
  chains       jsonb
);

-- Merchants that this cell does not serve. A statement over many merchants leaves them out; compared with an array, it keeps its plan.
create function absent_merchants() returns integer[] language sql stable as $$
  select coalesce(array_agg(merchant_id), '{}') from moving_merchant
  where state <> 'leaving' and (until is null or until > clock_timestamp())
$$;

-- Those of which nothing can be written.
create function frozen_merchants() returns integer[] language sql stable as $$
  select coalesce(array_agg(merchant_id), '{}') from moving_merchant
  where state in ('left', 'dropping', 'dropped') or (state = 'frozen' and until > clock_timestamp())
$$;

-- Stands before the rows of a merchant that is moving, on each of its tables, and only while it moves. It holds the merchant's row here, so that
-- freezing waits for what was begun, and whatever begins later is refused.
create function refuse_frozen_merchant() returns trigger language plpgsql as $$
declare
  found moving_merchant;
begin
  select * into found from moving_merchant where merchant_id = tg_argv[0]::integer for share;
  if found.state in ('left', 'dropped') or (found.state = 'frozen' and found.until > clock_timestamp()) then
    raise exception 'merchant % is moving to another cell', tg_argv[0] using errcode = '55T01';
  end if;
  return coalesce(new, old);
end $$;

-- What is append-only goes with its merchant: once that lives in another cell, its old rows may be deleted here.
create function refuse_delete_but_of_moved() returns trigger language plpgsql as $$
begin
  if exists (select from moving_merchant where merchant_id = old.merchant_id and state = 'dropping') then
    return old;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

drop trigger audit_entry_is_append_only on audit_entry;
create trigger audit_entry_is_append_only before update on audit_entry for each statement execute function refuse_change();
create trigger audit_entry_stays before delete on audit_entry for each row execute function refuse_delete_but_of_moved();

drop trigger catalogue_order_is_append_only on catalogue_order;
create trigger catalogue_order_is_append_only before update or truncate on catalogue_order for each statement execute function refuse_change();
create trigger catalogue_order_stays before delete on catalogue_order for each row execute function refuse_delete_but_of_moved();

drop trigger event_is_append_only on event;
create trigger event_is_append_only before update or truncate on event for each statement execute function refuse_change();
create trigger event_stays before delete on event for each row execute function refuse_delete_but_of_moved();

drop trigger transfer_is_append_only on transfer;
create trigger transfer_is_append_only before update or truncate on transfer for each statement execute function refuse_change();
create trigger transfer_stays before delete on transfer for each row execute function refuse_delete_but_of_moved();
