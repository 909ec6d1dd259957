-- A cluster moves a cell between its nodes without closing writes when the log has what a subscriber must know of each row. Of brakes it had nothing, so that they
-- were also forgotten by every standby; hints have no key, since a part of one may be null.
alter table brake set logged;
alter table chain_hint replica identity full;
