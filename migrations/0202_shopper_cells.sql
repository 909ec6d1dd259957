-- In the first cell: in which cells a contact opens an account, so that whoever buys in several of them finds all of it from each. contact is a
-- SHA-256: rows stay small, and logs show no addresses.
create table shopper_cell (
  contact  bytea not null check (length(contact) = 32),
  cell     text not null references cell,
  primary key (contact, cell)
);
