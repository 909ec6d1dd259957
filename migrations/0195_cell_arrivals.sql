-- In the first cell: how many merchants have moved to a cell. Servers look whether it has grown, also when the move itself is forgotten by then.
alter table cell add column arrivals bigint not null default 0 check (arrivals >= 0);
