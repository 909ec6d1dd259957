-- A merchant may be closed: its keys and payment addresses open nothing, its past stays.
alter table merchant add column disabled_at timestamptz;
