-- What a transfer could be for is found by index alone, however many payments were paid today: amounts that still have something due, and
-- transfers by who sent them.
drop index chain_amount_part_paid;
create index chain_amount_part_paid on chain_amount (merchant_id, chain_id, recipient, token)
  where closed_at is null and received > 0 and received < units;
create index chain_transfer_by_sender on chain_transfer (merchant_id, sender) where payment_id is not null;
