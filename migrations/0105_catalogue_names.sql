-- The catalogue's tables are named for what they hold, not for the merchant API that reads them first: salescloud_organization becomes
-- organization, salescloud_product catalogue_product, and so each of the others. No row is read or written; constraints, indexes, the
-- trigger and the row type follow their tables. Servers of an older version must be stopped before.

do $$
declare
  renamed regclass;
  old_name text;
  part text;
begin
  for renamed, old_name in
    select oid, relname from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r' and starts_with(relname, 'salescloud_')
    order by relname
  loop
    execute format('alter table %I rename to %I', old_name,
      case old_name when 'salescloud_organization' then 'organization' else replace(old_name, 'salescloud_', 'catalogue_') end);
    for part in select conname from pg_constraint where conrelid = renamed and starts_with(conname, old_name) loop
      execute format('alter table %s rename constraint %I to %I', renamed, part,
        replace(replace(part, 'salescloud_organization_', 'organization_'), 'salescloud_', 'catalogue_'));
    end loop;
    for part in
      select relname from pg_index join pg_class on oid = indexrelid where indrelid = renamed and starts_with(relname, 'salescloud_')
    loop
      execute format('alter index %I rename to %I', part, replace(part, 'salescloud_', 'catalogue_'));
    end loop;
  end loop;
end
$$;

alter table catalogue_hold rename constraint catalogue_hold_one_thing to catalogue_hold_of_one_kind;
alter trigger salescloud_order_is_append_only on catalogue_order rename to catalogue_order_is_append_only;
alter type new_salescloud_order rename to new_catalogue_order;
