-- Orders of one amount, newest first: what a shop's staff searches by when a customer names nothing else.
create index payment_by_total on payment (merchant_id, total, created_at);
