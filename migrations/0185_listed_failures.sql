-- Why a rail refused is one of the closed list, in the database too. Every version of the program has written nothing else; rows that are
-- there already are compared in the next file, which needs no exclusive lock for it.

alter table payment add constraint payment_failure_is_listed check (failure in (
  'card_declined', 'insufficient_funds', 'expired_card', 'invalid_card_number', 'invalid_expiry', 'incorrect_security_code',
  'lost_or_stolen_card', 'suspected_fraud', 'not_permitted', 'limit_exceeded', 'authentication_required', 'issuer_unavailable',
  'duplicate', 'processing_error', 'outcome_unknown')) not valid;

alter table attempt add constraint attempt_failure_is_listed check (failure in (
  'card_declined', 'insufficient_funds', 'expired_card', 'invalid_card_number', 'invalid_expiry', 'incorrect_security_code',
  'lost_or_stolen_card', 'suspected_fraud', 'not_permitted', 'limit_exceeded', 'authentication_required', 'issuer_unavailable',
  'duplicate', 'processing_error', 'outcome_unknown')) not valid;
