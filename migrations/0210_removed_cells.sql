-- In the first cell: cells that were taken off the list. Neither their names nor their numbers are given again: a schema of that name may still
-- hold old rows, and merchants with ids of that number live in other cells.
create table removed_cell (
  name        text primary key,
  number      smallint not null unique,
  removed_at  timestamptz not null default now()
);
