-- Brakes that count over all processes: against card testing, and against guessing passwords and codes. The columns are the rate limiter's own; key is
-- a hash, expire is milliseconds since 1970 of real time. Unlogged: a crash of the database forgives at most an hour.
create unlogged table brake (
  key     text primary key,
  points  integer not null default 0,
  expire  double precision
);
