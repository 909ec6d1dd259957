-- A late fee that was paid after it had been written off stayed a loss. The plans that may have one are looked at once more, which takes it back. A merchant that is
-- between two cells is left alone: its rows here are not the ones that count.
update instalment_plan set check_at = written_off_at
where late_fees_written_off > 0 and check_at is null and merchant_id not in (select merchant_id from moving_merchant);
