-- A test of a webhook endpoint is an event of an order that does not exist: a source of a kind of its own, with no transfers. What a real one has
-- in its payment (protocol, product, currency) stands in its details.
alter table event
  drop constraint event_source_kind_known,
  add constraint event_source_kind_known check (source_kind in ('p', 'i', 'o', 'd', 't'));

-- Where the newest failures are found without reading what was delivered.
create index webhook_message_dead on webhook_message (merchant_id, message_id desc) where state = 'dead';
