-- Servers of an older version should be stopped before: while the new key of attempt is built nothing is written, and their look-up of due
-- attempts has no index afterwards.

-- A payment is changed soon after it is made. Half of each page is left for that: then its new version needs no new entry in any
-- index, and the old one's place is used again. With a fifth, half of the changes found no place.
alter table payment set (fillfactor = 50);

-- One index instead of two: an attempt is always looked for with its payment.
alter table attempt drop constraint attempt_pkey, add primary key (merchant_id, payment_id, attempt_id);
drop index attempt_by_payment;

-- The same values are in payment_by_merchant_reference: a request's id is its payment's merchant reference.
drop index salescloud_order_by_request;
