-- What the public price list calls a token that an operator has added; null where the program knows it by its symbol.
alter table chain_token add column price_name text check (price_name ~ '^[a-z0-9][a-z0-9-]{0,99}$');
