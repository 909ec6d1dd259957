-- How much the operator lends to shoppers of a merchant, where that is not the usual: whole units of its currency, and orders in a day.
create table merchant_lending (
  merchant_id     integer primary key references merchant (id),
  most_owed       integer check (most_owed > 0),
  orders_per_day  integer check (orders_per_day > 0)
);
