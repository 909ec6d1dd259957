-- As 0190, with the amount first: led by its merchant, the planner took it for as good as the primary key while the table was empty, and a
-- statement of the engine whose plan was kept then looked through all of a merchant's orders for one.
drop index payment_by_total;
create index payment_by_total on payment (total, merchant_id, created_at);
