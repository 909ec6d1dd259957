-- What is sold in euros alone is neither agreed with a merchant of another currency nor asked for by a key of its: it could never be sold.
-- The program refuses both with a sentence; this is for whoever writes past it. After the statement, since a merchant and its products are
-- inserted by one.
create function refuse_what_is_sold_in_euros() returns trigger language plpgsql as $$
begin
  if (select currency from merchant where id = new.merchant_id) <> 'EUR' then
    raise exception 'this is sold in EUR only, and the merchant sells in another currency'
      using errcode = 'check_violation', constraint = tg_name;
  end if;
  return null;
end $$;

create constraint trigger merchant_product_is_sold_in_its_currency after insert or update on merchant_product
  for each row when (new.product in ('pay-in-3', 'pay-in-4', 'later')) execute function refuse_what_is_sold_in_euros();

create constraint trigger api_key_is_of_its_currency after insert or update of merchant_id, protocol on api_key
  for each row when (new.protocol = 'scalapay') execute function refuse_what_is_sold_in_euros();

create function refuse_other_currency() returns trigger language plpgsql as $$
begin
  raise exception 'the currency of a merchant never changes: every stored amount is in it' using errcode = 'restrict_violation';
end $$;

create trigger merchant_keeps_its_currency before update of currency on merchant
  for each row when (new.currency <> old.currency) execute function refuse_other_currency();
