-- How far the sandbox's clock runs ahead of real time. One row at most, none before the clock is first moved; live mode
-- never looks here. It only grows: what has happened at a moved time stays in the past.
create table sandbox_clock (
  is_only_row    boolean primary key default true check (is_only_row),
  offset_micros  bigint not null check (offset_micros >= 0)
);
