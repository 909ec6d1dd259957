-- An order may leave it to its shopper in how many parts they pay. What is chosen on the page stands in checkout until an attempt is made; from
-- then on it is the payment's product.
alter table checkout add column product text;
alter type changed_payment add attribute product text;
