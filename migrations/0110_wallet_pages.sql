-- What the pay page needs: an RPC address that wallets may be told (an operator's own endpoints may hold keys, and are nobody's business), and
-- a way from an amount to what arrived for it and stands in the inbox all the same, since it came too late or twice.

alter table chain add column wallet_rpc_url text;

create index chain_transfer_inbox_amount on chain_transfer (merchant_id, chain_id, recipient, token, units)
  where payment_id is null and dismissed_at is null;
