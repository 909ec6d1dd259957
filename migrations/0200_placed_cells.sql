-- A cell may be a schema that a Citus cluster places on one of its nodes. route: whether connections go straight to the node that holds it, or
-- through the cluster's coordinator. Null: the cell's database is where its URL says.
alter table cell add column route text;
alter table cell add constraint cell_route_check check (route in ('node', 'coordinator'));

-- The last id that was given to a merchant, and the last of the cell's own range. Not a sequence: on a cluster each node counts by itself, and
-- the cell may be on another tomorrow. Servers of an earlier version still draw from the sequence; what they took is stepped over.
create table merchant_number (
  is_only_row  boolean primary key default true check (is_only_row),
  last         integer not null check (last >= 0),
  most         integer not null check (last <= most)
);
insert into merchant_number (last, most)
  select n.last, (n.last / 10000000 + 1) * 10000000 - 1
  from (select (last_value - (not is_called)::int)::int as last from merchant_id_seq) n;
