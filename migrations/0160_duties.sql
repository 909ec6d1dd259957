-- Which server does the work of this cell that nobody asks for: one at a time, for as long as it says again that it is there.
create table duty (
  name text primary key,
  holder uuid,
  lease_until timestamptz,
  check ((holder is null) = (lease_until is null))
);
