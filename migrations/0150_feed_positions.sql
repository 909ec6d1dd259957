-- What a listener reads no longer rests on the numbers of transactions: those are one server's own, so a listener's place was lost when its
-- merchant moved, and a transaction anywhere on the server held every listener back. An entry is written without a position, and whoever
-- reads gives what it can see the listener's next ones: what commits later gets a later position. Writers wait for nobody.
-- A place that was kept from before is no longer understood; its listener begins anew.
alter table webhook_endpoint add column fed_through bigint not null default 0;

alter table webhook_feed drop constraint webhook_feed_pkey;
alter table webhook_feed drop column xact;
alter table webhook_feed rename column position to entry;
alter table webhook_feed add column position bigint;
alter table webhook_feed add primary key (merchant_id, endpoint_id, entry);
create unique index webhook_feed_read on webhook_feed (merchant_id, endpoint_id, position) where position is not null;
create index webhook_feed_unread on webhook_feed (merchant_id, endpoint_id, entry) where position is null;
