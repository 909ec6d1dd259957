-- The rows from before: payments go on while they are compared.

alter table payment validate constraint payment_failure_is_listed;
alter table attempt validate constraint attempt_failure_is_listed;
