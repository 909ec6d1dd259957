-- The number of an entry is drawn by the node of a cluster that writes it, and by the cell that the merchant lived in: two of one listener may have the same.
-- The message that the entry is of tells them apart.
alter table webhook_feed drop constraint webhook_feed_pkey;
alter table webhook_feed add constraint webhook_feed_pkey primary key (merchant_id, endpoint_id, entry, message_id);
