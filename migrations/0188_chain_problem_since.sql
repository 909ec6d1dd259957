-- A chain that cannot be read for a while is not offered to shoppers.
alter table chain_watch add column problem_since timestamp with time zone;
update chain_watch set problem_since = updated_at where problem is not null;
