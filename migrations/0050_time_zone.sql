-- The zone in which a merchant's instalments have their dates: an IANA name, whose existence the program checks.
alter table merchant add column time_zone text not null default 'Europe/Rome'
  constraint merchant_time_zone_is_a_name check (time_zone ~ '^[A-Za-z][A-Za-z0-9_+/-]{1,63}$');
