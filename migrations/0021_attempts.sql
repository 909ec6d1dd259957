-- A rail may be asked to take money out of a hold, to let a hold go, and to charge a kept card; a card that pays later is checked
-- for nothing. The database's own list of purposes grows with the program's.
alter table attempt
  drop constraint attempt_purpose_check,
  add constraint attempt_purpose_check
    check (purpose in ('authorize', 'sale', 'refund', 'void', 'capture', 'release', 'charge')),
  drop constraint attempt_amount_check,
  add constraint attempt_amount_check check (amount > 0 or (amount = 0 and purpose = 'authorize'));

-- When a rail is asked about an attempt: not at all while the shopper is waited for (null).
create type attempt_check as (merchant_id integer, payment_id text, attempt_id uuid, check_at timestamptz);
