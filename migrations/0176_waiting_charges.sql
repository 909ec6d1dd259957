-- A charge of a plan may wait for its shopper, whose bank asks for a step: until when, and when the rail is asked about it. Between the shopper's return
-- and the rail's answer it is asked about sooner; until the wait is over, what the rail still waits for is no refusal.
alter table instalment_plan
  add column waiting_attempt uuid,
  add column waits_until timestamptz,
  add column wait_asked_at timestamptz,
  add constraint instalment_plan_wait_is_whole check (num_nulls(waiting_attempt, waits_until, wait_asked_at) in (0, 3)),
  add constraint instalment_plan_wait_in_order check (wait_asked_at <= waits_until + interval '1 minute');

alter type plan_state
  add attribute waiting_attempt uuid,
  add attribute waits_until timestamptz,
  add attribute wait_asked_at timestamptz;
