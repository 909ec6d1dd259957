-- Written by `npm run update` from a freshly migrated database. Change it by adding a migration.

create domain chain_address as bytea CHECK ((length(VALUE) = 20));

create domain chain_hash as bytea CHECK ((length(VALUE) = 32));

create domain token_units as numeric(78,0) CHECK (((VALUE >= (0)::numeric) AND (VALUE < ((2)::numeric ^ (256)::numeric))));

create type acted_event as (
  merchant_id integer,
  source_kind "char",
  source_id text,
  sequence integer,
  kind text,
  state text,
  amount bigint,
  total bigint,
  merchant_reference text,
  note text,
  command_id uuid,
  at timestamp with time zone,
  details json,
  actor text
);

create type attempt_check as (
  merchant_id integer,
  payment_id text,
  attempt_id uuid,
  check_at timestamp with time zone
);

create type attempt_end as (
  merchant_id integer,
  payment_id text,
  attempt_id uuid,
  state text,
  rail_reference text,
  failure text,
  code text,
  payload jsonb,
  finished_at timestamp with time zone
);

create type changed_payment as (
  merchant_id integer,
  payment_id text,
  seen_sequence integer,
  state text,
  authorized bigint,
  captured bigint,
  refunded bigint,
  reduced bigint,
  received bigint,
  settled bigint,
  merchant_reference text,
  processor_reference text,
  sequence integer,
  expires_at timestamp with time zone,
  timer_at timestamp with time zone,
  authorized_at timestamp with time zone,
  delayed_at timestamp with time zone,
  captured_at timestamp with time zone,
  voided_at timestamp with time zone,
  instrument jsonb,
  pending_attempt jsonb,
  captures jsonb,
  rail_reference text,
  failure text,
  product text
);

create type command_key as (
  merchant_id integer,
  payment_id text,
  command_id uuid
);

create type dated_payment as (
  merchant_id integer,
  payment_id text,
  seen_sequence integer,
  state text,
  authorized bigint,
  captured bigint,
  refunded bigint,
  reduced bigint,
  received bigint,
  settled bigint,
  merchant_reference text,
  processor_reference text,
  sequence integer,
  expires_at timestamp with time zone,
  timer_at timestamp with time zone,
  authorized_at timestamp with time zone,
  delayed_at timestamp with time zone,
  captured_at timestamp with time zone,
  voided_at timestamp with time zone,
  instrument jsonb,
  pending_attempt jsonb,
  captures jsonb,
  rail_reference text,
  failure text,
  product text,
  changed_at timestamp with time zone
);

create type funded_payment as (
  merchant_id integer,
  payment_id text,
  protocol text,
  product text,
  funding text,
  currency text,
  total bigint,
  fee_ppm integer,
  fee_tax_ppm integer,
  merchant_reference text,
  sequence integer,
  created_at timestamp with time zone,
  expires_at timestamp with time zone,
  instrument jsonb,
  pending_attempt jsonb
);

create type idempotency_key as (
  merchant_id integer,
  operation text,
  key text
);

create type new_attempt as (
  merchant_id integer,
  payment_id text,
  attempt_id uuid,
  purpose text,
  acquirer text,
  amount bigint,
  rail_reference text,
  started_at timestamp with time zone,
  check_at timestamp with time zone
);

create type new_catalogue_order as (
  merchant_id integer,
  payment_id text,
  organization_uuid uuid,
  channel_uuid uuid,
  instance_uuid uuid,
  request_id text,
  created_at timestamp with time zone,
  details json
);

create type new_late_fee as (
  merchant_id integer,
  payment_id text,
  instalment smallint,
  stage smallint,
  amount bigint,
  accrued_at timestamp with time zone,
  waived_at timestamp with time zone
);

create type new_message as (
  owner text,
  cause text,
  merchant_id integer,
  kind text,
  channel text,
  recipient text,
  language text,
  facts jsonb,
  next_attempt_at timestamp with time zone,
  useful_until timestamp with time zone,
  created_at timestamp with time zone
);

create type new_response as (
  merchant_id integer,
  operation text,
  key text,
  body_hash bytea,
  response text,
  created_at timestamp with time zone
);

create type owned_announcement as (
  merchant_id integer,
  source_kind "char",
  source_id text,
  sequence integer,
  event text,
  at timestamp with time zone
);

create type owned_event as (
  merchant_id integer,
  source_kind "char",
  source_id text,
  sequence integer,
  kind text,
  state text,
  amount bigint,
  total bigint,
  merchant_reference text,
  note text,
  command_id uuid,
  at timestamp with time zone,
  details json
);

create type owned_transfer as (
  merchant_id integer,
  source_kind "char",
  source_id text,
  sequence integer,
  line smallint,
  kind text,
  debit text,
  credit text,
  currency text,
  amount bigint,
  at timestamp with time zone
);

create type payment_key as (
  merchant_id integer,
  payment_id text,
  wants_details boolean
);

create type plan_mark as (
  merchant_id integer,
  payment_id text,
  at timestamp with time zone
);

create type plan_state as (
  merchant_id integer,
  payment_id text,
  shopper_id uuid,
  zone text,
  frequency jsonb,
  card jsonb,
  sequence integer,
  owed bigint,
  overdue_since timestamp with time zone,
  written_off bigint,
  written_off_at timestamp with time zone,
  check_at timestamp with time zone,
  late_fee_terms jsonb,
  late_fees bigint,
  most_late_fees bigint,
  late_fees_written_off bigint,
  waiting_attempt uuid,
  waits_until timestamp with time zone,
  wait_asked_at timestamp with time zone
);

create type plan_step as (
  merchant_id integer,
  payment_id text,
  attempt_id uuid,
  purpose text,
  acquirer text,
  amount bigint,
  rail_reference text,
  started_at timestamp with time zone,
  instalment smallint,
  card_id text,
  of_attempt uuid,
  late_fee bigint
);

create table acquirer_account (
  owner integer not null,
  account_id uuid not null,
  connector text not null,
  currency text not null,
  sealed_credentials bytea,
  is_enabled boolean not null default true,
  created_at timestamp with time zone not null default now(),
  constraint acquirer_account_pkey PRIMARY KEY (owner, account_id),
  constraint acquirer_account_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint acquirer_account_owner_check CHECK ((owner >= 0))
);

create table api_key (
  hash bytea not null,
  id text not null,
  merchant_id integer not null,
  kind text not null,
  protocol text not null,
  last4 text not null,
  sealed bytea,
  created_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  name text not null default ''::text,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  replaces text,
  constraint api_key_pkey PRIMARY KEY (hash),
  constraint api_key_id_key UNIQUE (id),
  constraint api_key_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint api_key_check CHECK ((replaces <> id)),
  constraint api_key_hash_check CHECK ((length(hash) = 32)),
  constraint api_key_kind_check CHECK ((kind = ANY (ARRAY['merchant'::text, 'device'::text, 'admin'::text, 'token'::text, 'api_key'::text]))),
  constraint api_key_name_check CHECK ((length(name) <= 60)),
  constraint api_key_protocol_check CHECK ((protocol = ANY (ARRAY['scalapay'::text, 'salescloud'::text, 'kupay'::text])))
);

create table attempt (
  merchant_id integer not null,
  attempt_id uuid not null,
  payment_id text not null,
  purpose text not null,
  acquirer text not null,
  amount bigint not null,
  state text not null,
  rail_reference text,
  failure text,
  code text,
  payload jsonb,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  check_at timestamp with time zone,
  instalment smallint,
  card_id text,
  of_attempt uuid,
  late_fee bigint not null default 0,
  constraint attempt_pkey PRIMARY KEY (merchant_id, payment_id, attempt_id),
  constraint attempt_amount_check CHECK (((amount > 0) OR ((amount = 0) AND (purpose = 'authorize'::text)))),
  constraint attempt_failure_is_listed CHECK ((failure = ANY (ARRAY['card_declined'::text, 'insufficient_funds'::text, 'expired_card'::text, 'invalid_card_number'::text, 'invalid_expiry'::text, 'incorrect_security_code'::text, 'lost_or_stolen_card'::text, 'suspected_fraud'::text, 'not_permitted'::text, 'limit_exceeded'::text, 'authentication_required'::text, 'issuer_unavailable'::text, 'duplicate'::text, 'processing_error'::text, 'outcome_unknown'::text]))),
  constraint attempt_instalment_check CHECK ((instalment >= 0)),
  constraint attempt_late_fee_within CHECK (((late_fee >= 0) AND (late_fee <= amount))),
  constraint attempt_purpose_check CHECK ((purpose = ANY (ARRAY['authorize'::text, 'sale'::text, 'refund'::text, 'void'::text, 'capture'::text, 'release'::text, 'charge'::text]))),
  constraint attempt_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'succeeded'::text, 'declined'::text])))
) with (fillfactor=80);

create table audit_entry (
  merchant_id integer not null,
  number bigint not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor text not null,
  action text not null,
  subject text not null,
  before json,
  after json,
  address text,
  previous_hash bytea not null,
  hash bytea not null,
  constraint audit_entry_pkey PRIMARY KEY (merchant_id, number),
  constraint audit_entry_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint audit_entry_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'operator'::text, 'key'::text, 'system'::text]))),
  constraint audit_entry_hash_check CHECK ((length(hash) = 32)),
  constraint audit_entry_number_check CHECK ((number > 0)),
  constraint audit_entry_previous_hash_check CHECK ((length(previous_hash) = 32))
);

create table brake (
  key text not null,
  points integer not null default 0,
  expire double precision,
  constraint brake_pkey PRIMARY KEY (key)
);

create table catalogue_channel (
  merchant_id integer not null,
  uuid uuid not null,
  organization_uuid uuid not null,
  title text not null,
  is_pos boolean not null,
  is_enabled boolean not null,
  constraint catalogue_channel_pkey PRIMARY KEY (merchant_id, uuid),
  constraint catalogue_channel_merchant_id_organization_uuid_fkey FOREIGN KEY (merchant_id, organization_uuid) REFERENCES organization(merchant_id, organization_uuid)
);

create table catalogue_coupon (
  merchant_id integer not null,
  uuid uuid not null,
  organization_uuid uuid not null,
  title text not null,
  percent_hundredths integer,
  amount bigint,
  valid_from timestamp with time zone,
  valid_until timestamp with time zone,
  minimum bigint not null,
  usage_limit integer,
  used integer not null default 0,
  is_enabled boolean not null,
  constraint catalogue_coupon_pkey PRIMARY KEY (merchant_id, uuid),
  constraint catalogue_coupon_merchant_id_organization_uuid_fkey FOREIGN KEY (merchant_id, organization_uuid) REFERENCES organization(merchant_id, organization_uuid),
  constraint catalogue_coupon_amount_check CHECK ((amount >= 0)),
  constraint catalogue_coupon_minimum_check CHECK ((minimum >= 0)),
  constraint catalogue_coupon_one_value CHECK ((num_nonnulls(percent_hundredths, amount) = 1)),
  constraint catalogue_coupon_percent_hundredths_check CHECK (((percent_hundredths >= 0) AND (percent_hundredths <= 10000))),
  constraint catalogue_coupon_usage_limit_check CHECK ((usage_limit >= 0)),
  constraint catalogue_coupon_within_limit CHECK (((used >= 0) AND (used <= usage_limit)))
) with (fillfactor=80);

create table catalogue_delivery_service (
  merchant_id integer not null,
  uuid uuid not null,
  organization_uuid uuid not null,
  title text not null,
  price bigint not null,
  is_enabled boolean not null,
  constraint catalogue_delivery_service_pkey PRIMARY KEY (merchant_id, uuid),
  constraint catalogue_delivery_service_merchant_id_organization_uuid_fkey FOREIGN KEY (merchant_id, organization_uuid) REFERENCES organization(merchant_id, organization_uuid),
  constraint catalogue_delivery_service_price_check CHECK ((price >= 0))
);

create table catalogue_discount_rule (
  merchant_id integer not null,
  organization_uuid uuid not null,
  machine_name text not null,
  admin_title text not null,
  name text not null,
  sort_order integer not null,
  kind text not null,
  percent_hundredths integer,
  amount bigint,
  is_compatible boolean not null,
  conditions jsonb not null,
  is_enabled boolean not null,
  constraint catalogue_discount_rule_pkey PRIMARY KEY (merchant_id, organization_uuid, machine_name),
  constraint catalogue_discount_rule_merchant_id_organization_uuid_fkey FOREIGN KEY (merchant_id, organization_uuid) REFERENCES organization(merchant_id, organization_uuid),
  constraint catalogue_discount_rule_amount_check CHECK ((amount >= 0)),
  constraint catalogue_discount_rule_kind_check CHECK ((kind = ANY (ARRAY['product'::text, 'order'::text]))),
  constraint catalogue_discount_rule_one_value CHECK ((num_nonnulls(percent_hundredths, amount) = 1)),
  constraint catalogue_discount_rule_percent_hundredths_check CHECK (((percent_hundredths >= 0) AND (percent_hundredths <= 10000)))
);

create table catalogue_hold (
  merchant_id integer not null,
  payment_id text not null,
  line smallint not null,
  product_uuid uuid,
  starts_at timestamp with time zone,
  coupon_uuid uuid,
  quantity integer not null,
  constraint catalogue_hold_pkey PRIMARY KEY (merchant_id, payment_id, line),
  constraint catalogue_hold_of_one_kind CHECK (((num_nonnulls(product_uuid, coupon_uuid) = 1) AND ((product_uuid IS NULL) = (starts_at IS NULL)))),
  constraint catalogue_hold_quantity_check CHECK ((quantity > 0))
);

create table catalogue_instance (
  merchant_id integer not null,
  uuid uuid not null,
  organization_uuid uuid not null,
  title text not null,
  namespace text not null,
  currency text not null,
  acquirer text not null,
  bearer_key_hash bytea,
  ip_allow_list text[] not null,
  requests_per_minute integer not null,
  requests_per_minute_per_address integer not null,
  declines_per_hour_per_address integer not null,
  is_enabled boolean not null,
  account_id uuid,
  constraint catalogue_instance_pkey PRIMARY KEY (merchant_id, uuid),
  constraint catalogue_instance_account FOREIGN KEY (merchant_id, account_id) REFERENCES acquirer_account(owner, account_id),
  constraint catalogue_instance_merchant_id_organization_uuid_fkey FOREIGN KEY (merchant_id, organization_uuid) REFERENCES organization(merchant_id, organization_uuid),
  constraint catalogue_instance_bearer_key_hash_check CHECK ((length(bearer_key_hash) = 32)),
  constraint catalogue_instance_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint catalogue_instance_declines_per_hour_per_address_check CHECK ((declines_per_hour_per_address > 0)),
  constraint catalogue_instance_requests_per_minute_check CHECK ((requests_per_minute > 0)),
  constraint catalogue_instance_requests_per_minute_per_address_check CHECK ((requests_per_minute_per_address > 0))
);

create table catalogue_location (
  merchant_id integer not null,
  uuid uuid not null,
  organization_uuid uuid not null,
  title text not null,
  is_enabled boolean not null,
  constraint catalogue_location_pkey PRIMARY KEY (merchant_id, uuid),
  constraint catalogue_location_merchant_id_organization_uuid_fkey FOREIGN KEY (merchant_id, organization_uuid) REFERENCES organization(merchant_id, organization_uuid)
);

create table catalogue_order (
  merchant_id integer not null,
  payment_id text not null,
  organization_uuid uuid not null,
  channel_uuid uuid not null,
  instance_uuid uuid not null,
  request_id text,
  created_at timestamp with time zone not null,
  details json not null,
  constraint catalogue_order_pkey PRIMARY KEY (merchant_id, payment_id)
);

create table catalogue_product (
  merchant_id integer not null,
  uuid uuid not null,
  organization_uuid uuid not null,
  title text not null,
  price bigint not null,
  product_type text,
  department text,
  categories text[] not null,
  attributes text[] not null,
  is_event boolean not null,
  variation_types jsonb not null,
  is_enabled boolean not null,
  constraint catalogue_product_pkey PRIMARY KEY (merchant_id, uuid),
  constraint catalogue_product_merchant_id_organization_uuid_fkey FOREIGN KEY (merchant_id, organization_uuid) REFERENCES organization(merchant_id, organization_uuid),
  constraint catalogue_product_price_check CHECK ((price >= 0))
);

create table catalogue_unit (
  merchant_id integer not null,
  uuid uuid not null,
  organization_uuid uuid not null,
  title text not null,
  location_uuid uuid,
  is_enabled boolean not null,
  constraint catalogue_unit_pkey PRIMARY KEY (merchant_id, uuid),
  constraint catalogue_unit_merchant_id_location_uuid_fkey FOREIGN KEY (merchant_id, location_uuid) REFERENCES catalogue_location(merchant_id, uuid),
  constraint catalogue_unit_merchant_id_organization_uuid_fkey FOREIGN KEY (merchant_id, organization_uuid) REFERENCES organization(merchant_id, organization_uuid)
);

create table catalogue_variation (
  merchant_id integer not null,
  uuid uuid not null,
  product_uuid uuid not null,
  "position" integer not null,
  type text not null,
  title text not null,
  price_change bigint not null,
  constraint catalogue_variation_pkey PRIMARY KEY (merchant_id, uuid),
  constraint catalogue_variation_merchant_id_product_uuid_fkey FOREIGN KEY (merchant_id, product_uuid) REFERENCES catalogue_product(merchant_id, uuid)
);

create table cell (
  name text not null,
  number smallint not null,
  database_url bytea,
  is_open boolean not null default true,
  added_at timestamp with time zone not null default now(),
  arrivals bigint not null default 0,
  route text,
  constraint cell_pkey PRIMARY KEY (name),
  constraint cell_number_key UNIQUE (number),
  constraint cell_arrivals_check CHECK ((arrivals >= 0)),
  constraint cell_name_check CHECK ((name ~ '^[a-z][a-z0-9_]{0,30}$'::text)),
  constraint cell_number_check CHECK (((number >= 0) AND (number <= 200))),
  constraint cell_route_check CHECK ((route = ANY (ARRAY['node'::text, 'coordinator'::text])))
);

create table cell_name (
  kind text not null,
  name text not null,
  cell text not null,
  constraint cell_name_pkey PRIMARY KEY (kind, name),
  constraint cell_name_cell_fkey FOREIGN KEY (cell) REFERENCES cell(name),
  constraint cell_name_kind_check CHECK ((kind = ANY (ARRAY['key'::text, 'merchant'::text, 'organization'::text, 'prefix'::text, 'wallet'::text, 'widget'::text]))),
  constraint cell_name_name_check CHECK ((length(name) <= 100))
);

create table chain (
  chain_id bigint not null,
  name text not null,
  coin text not null,
  explorer_url text,
  confirmations integer not null,
  has_finality boolean not null,
  is_local boolean not null default false,
  is_enabled boolean not null default true,
  wallet_rpc_url text,
  constraint chain_pkey PRIMARY KEY (chain_id),
  constraint chain_chain_id_check CHECK ((chain_id > 0)),
  constraint chain_confirmations_check CHECK (((confirmations >= 1) AND (confirmations <= 10000)))
);

create table chain_amount (
  merchant_id integer not null,
  payment_id text not null,
  number smallint not null,
  chain_id bigint not null,
  token chain_address not null,
  recipient chain_address not null,
  units token_units not null,
  received token_units not null default 0,
  currency text not null,
  minor bigint not null,
  price numeric(60,0) not null,
  price_sources text[] not null,
  price_at timestamp with time zone not null,
  confirmations integer,
  tolerance_ppm integer not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  watched_until timestamp with time zone not null,
  closed_at timestamp with time zone,
  constraint chain_amount_pkey PRIMARY KEY (merchant_id, payment_id, number),
  constraint chain_amount_confirmations_check CHECK ((confirmations >= 0)),
  constraint chain_amount_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint chain_amount_minor_check CHECK ((minor > 0)),
  constraint chain_amount_number_check CHECK ((number > 0)),
  constraint chain_amount_price_check CHECK ((price > (0)::numeric)),
  constraint chain_amount_tolerance_ppm_check CHECK (((tolerance_ppm >= 0) AND (tolerance_ppm <= 200000))),
  constraint chain_amount_units_check CHECK (((units)::numeric > (0)::numeric)),
  constraint chain_amount_watched_to_its_end CHECK (((watched_until >= expires_at) AND (expires_at > created_at)))
) with (fillfactor=80);

create table chain_block (
  chain_id bigint not null,
  number bigint not null,
  hash chain_hash not null,
  constraint chain_block_pkey PRIMARY KEY (chain_id, number),
  constraint chain_block_chain_id_fkey FOREIGN KEY (chain_id) REFERENCES chain(chain_id)
);

create table chain_endpoint (
  chain_id bigint not null,
  "position" smallint not null,
  url text not null,
  constraint chain_endpoint_pkey PRIMARY KEY (chain_id, "position"),
  constraint chain_endpoint_chain_id_url_key UNIQUE (chain_id, url),
  constraint chain_endpoint_chain_id_fkey FOREIGN KEY (chain_id) REFERENCES chain(chain_id),
  constraint chain_endpoint_position_check CHECK ((("position" >= 1) AND ("position" <= 16)))
);

create table chain_hint (
  merchant_id integer not null,
  payment_id text not null,
  chain_id bigint not null,
  transaction chain_hash,
  payer chain_address,
  told_at timestamp with time zone not null,
  constraint chain_hint_tells_something CHECK ((num_nonnulls(transaction, payer) > 0))
);

create table chain_terms (
  merchant_id integer not null,
  chains bigint[] not null default '{}'::bigint[],
  tokens text[] not null default '{}'::text[],
  tolerance_ppm integer not null default 0,
  spread_ppm integer not null default 0,
  quote_ms bigint not null default 900000,
  watch_ms bigint not null default 86400000,
  tiers jsonb not null default '[]'::jsonb,
  cancel_unpaid boolean not null default false,
  constraint chain_terms_pkey PRIMARY KEY (merchant_id),
  constraint chain_terms_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint chain_terms_quote_ms_check CHECK (((quote_ms >= 60000) AND (quote_ms <= 86400000))),
  constraint chain_terms_spread_ppm_check CHECK (((spread_ppm >= 0) AND (spread_ppm <= 200000))),
  constraint chain_terms_tolerance_ppm_check CHECK (((tolerance_ppm >= 0) AND (tolerance_ppm <= 200000))),
  constraint chain_terms_watch_ms_check CHECK (((watch_ms >= 0) AND (watch_ms <= '2592000000'::bigint)))
);

create table chain_token (
  chain_id bigint not null,
  token chain_address not null,
  symbol text not null,
  decimals smallint not null,
  peg text,
  is_enabled boolean not null default true,
  price_name text,
  constraint chain_token_pkey PRIMARY KEY (chain_id, token),
  constraint chain_token_chain_id_symbol_key UNIQUE (chain_id, symbol),
  constraint chain_token_chain_id_fkey FOREIGN KEY (chain_id) REFERENCES chain(chain_id),
  constraint chain_token_decimals_check CHECK (((decimals >= 0) AND (decimals <= 36))),
  constraint chain_token_peg_check CHECK ((peg = 'USD'::text)),
  constraint chain_token_price_name_check CHECK ((price_name ~ '^[a-z0-9][a-z0-9-]{0,99}$'::text))
);

create table chain_transfer (
  merchant_id integer not null,
  chain_id bigint not null,
  transaction chain_hash not null,
  log_index integer not null,
  token chain_address not null,
  sender chain_address not null,
  recipient chain_address not null,
  units token_units not null,
  block_number bigint not null,
  block_hash chain_hash not null,
  block_at timestamp with time zone not null,
  state text not null,
  payment_id text,
  number smallint,
  minor bigint,
  reason text,
  dismissed_at timestamp with time zone,
  seen_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint chain_transfer_pkey PRIMARY KEY (merchant_id, chain_id, transaction, log_index),
  constraint chain_transfer_dismissed_from_inbox CHECK (((dismissed_at IS NULL) OR (payment_id IS NULL))),
  constraint chain_transfer_is_somebodys CHECK ((num_nonnulls(payment_id, reason) = 1)),
  constraint chain_transfer_names_its_amount CHECK ((num_nonnulls(payment_id, number, minor) = ANY (ARRAY[0, 3]))),
  constraint chain_transfer_settled_at_its_end CHECK (((state = 'seen'::text) = (settled_at IS NULL))),
  constraint chain_transfer_state_check CHECK ((state = ANY (ARRAY['seen'::text, 'final'::text, 'undone'::text]))),
  constraint chain_transfer_units_check CHECK (((units)::numeric > (0)::numeric))
) with (fillfactor=80);

create table chain_watch (
  chain_id bigint not null,
  holder uuid,
  lease_until timestamp with time zone,
  scanned bigint,
  head bigint,
  finalized bigint,
  problem text,
  updated_at timestamp with time zone,
  problem_since timestamp with time zone,
  constraint chain_watch_pkey PRIMARY KEY (chain_id),
  constraint chain_watch_chain_id_fkey FOREIGN KEY (chain_id) REFERENCES chain(chain_id),
  constraint chain_watch_scanned_check CHECK ((scanned >= 0))
);

create table checkout (
  merchant_id integer not null,
  payment_id text not null,
  shopper_id uuid,
  card_id uuid,
  feedback text,
  updated_at timestamp with time zone not null,
  product text,
  constraint checkout_pkey PRIMARY KEY (merchant_id, payment_id)
);

create table database_stamp (
  is_only_row boolean not null default true,
  mode text not null,
  secret_fingerprint bytea,
  previous_fingerprints bytea[] not null default '{}'::bytea[],
  constraint database_stamp_pkey PRIMARY KEY (is_only_row),
  constraint database_stamp_is_only_row_check CHECK (is_only_row),
  constraint database_stamp_mode_check CHECK ((mode = ANY (ARRAY['sandbox'::text, 'live'::text]))),
  constraint database_stamp_previous_fingerprints_check CHECK ((cardinality(previous_fingerprints) <= 32)),
  constraint database_stamp_secret_fingerprint_check CHECK ((length(secret_fingerprint) = 32))
);

create table duty (
  name text not null,
  holder uuid,
  lease_until timestamp with time zone,
  constraint duty_pkey PRIMARY KEY (name),
  constraint duty_check CHECK (((holder IS NULL) = (lease_until IS NULL)))
);

create table event (
  merchant_id integer not null,
  source_id text not null,
  sequence integer not null,
  kind text not null,
  state text not null,
  amount bigint,
  total bigint,
  merchant_reference text,
  note text,
  command_id uuid not null,
  at timestamp with time zone not null,
  details json,
  source_kind "char" not null,
  actor text,
  constraint event_pkey PRIMARY KEY (merchant_id, source_kind, source_id, sequence),
  constraint event_actor_check CHECK (((length(actor) >= 1) AND (length(actor) <= 254))),
  constraint event_of_a_payment_has_its_total CHECK (((source_kind <> 'p'::"char") OR (total IS NOT NULL))),
  constraint event_source_kind_known CHECK ((source_kind = ANY (ARRAY['p'::"char", 'i'::"char", 'o'::"char", 'd'::"char", 't'::"char"])))
);

create table event_capacity (
  merchant_id integer not null,
  product_uuid uuid not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  capacity integer not null,
  taken integer not null default 0,
  constraint event_capacity_pkey PRIMARY KEY (merchant_id, product_uuid, starts_at),
  constraint event_capacity_merchant_id_product_uuid_fkey FOREIGN KEY (merchant_id, product_uuid) REFERENCES catalogue_product(merchant_id, uuid),
  constraint event_capacity_not_oversold CHECK (((taken >= 0) AND (taken <= capacity)))
) with (fillfactor=80);

create table idempotency (
  merchant_id integer not null,
  operation text not null,
  key text not null,
  body_hash bytea not null,
  response text not null,
  created_at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (merchant_id, operation, key)
);

create table instalment_plan (
  merchant_id integer not null,
  payment_id text not null,
  shopper_id uuid,
  zone text,
  frequency jsonb,
  card jsonb,
  sequence integer not null default 0,
  owed bigint not null default 0,
  overdue_since timestamp with time zone,
  written_off bigint not null default 0,
  written_off_at timestamp with time zone,
  check_at timestamp with time zone,
  created_at timestamp with time zone not null,
  late_fee_terms jsonb,
  late_fees bigint not null default 0,
  most_late_fees bigint not null default 0,
  late_fees_written_off bigint not null default 0,
  waiting_attempt uuid,
  waits_until timestamp with time zone,
  wait_asked_at timestamp with time zone,
  constraint instalment_plan_pkey PRIMARY KEY (merchant_id, payment_id),
  constraint instalment_plan_late_fees_within_most CHECK (((late_fees >= 0) AND (late_fees <= most_late_fees))),
  constraint instalment_plan_late_fees_written_off_within CHECK (((late_fees_written_off >= 0) AND (late_fees_written_off <= late_fees))),
  constraint instalment_plan_owed_check CHECK ((owed >= 0)),
  constraint instalment_plan_wait_in_order CHECK ((wait_asked_at <= (waits_until + '00:01:00'::interval))),
  constraint instalment_plan_wait_is_whole CHECK ((num_nulls(waiting_attempt, waits_until, wait_asked_at) = ANY (ARRAY[0, 3]))),
  constraint instalment_plan_written_off_check CHECK ((written_off >= 0))
) with (fillfactor=50);

create table late_fee (
  merchant_id integer not null,
  payment_id text not null,
  instalment smallint not null,
  stage smallint not null,
  amount bigint not null,
  accrued_at timestamp with time zone not null,
  waived_at timestamp with time zone,
  constraint late_fee_pkey PRIMARY KEY (merchant_id, payment_id, instalment, stage),
  constraint late_fee_amount_check CHECK ((amount > 0)),
  constraint late_fee_check CHECK ((waived_at >= accrued_at)),
  constraint late_fee_instalment_check CHECK ((instalment > 0)),
  constraint late_fee_stage_check CHECK ((stage > 0))
);

create table late_fee_terms (
  country text not null,
  currency text not null,
  since timestamp with time zone not null,
  stages jsonb not null,
  most_per_instalment bigint not null,
  most_of_order_ppm integer not null,
  constraint late_fee_terms_pkey PRIMARY KEY (country, currency, since),
  constraint late_fee_terms_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint late_fee_terms_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint late_fee_terms_most_of_order_ppm_check CHECK (((most_of_order_ppm >= 0) AND (most_of_order_ppm <= 1000000))),
  constraint late_fee_terms_most_per_instalment_check CHECK ((most_per_instalment >= 0)),
  constraint late_fee_terms_stages_check CHECK (((jsonb_typeof(stages) = 'array'::text) AND (jsonb_array_length(stages) <= 10)))
);

create table merchant (
  id integer not null generated by default as identity,
  name text not null,
  prefix text not null,
  currency text not null,
  fee_ppm integer not null,
  fee_tax_ppm integer not null,
  maximum_order_expiry_ms bigint not null,
  expiry_warning_lead_ms bigint not null default 86400000,
  widget_token text,
  is_fixture boolean not null default false,
  created_at timestamp with time zone not null default now(),
  time_zone text not null default 'Europe/Rome'::text,
  disabled_at timestamp with time zone,
  constraint merchant_pkey PRIMARY KEY (id),
  constraint merchant_prefix_key UNIQUE (prefix),
  constraint merchant_widget_token_key UNIQUE (widget_token),
  constraint merchant_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint merchant_expiry_warning_lead_ms_check CHECK ((expiry_warning_lead_ms >= 0)),
  constraint merchant_fee_ppm_check CHECK (((fee_ppm >= 0) AND (fee_ppm <= 1000000))),
  constraint merchant_fee_tax_ppm_check CHECK (((fee_tax_ppm >= 0) AND (fee_tax_ppm <= 1000000))),
  constraint merchant_maximum_order_expiry_ms_check CHECK ((maximum_order_expiry_ms > 0)),
  constraint merchant_prefix_check CHECK ((prefix ~ '^[A-Z0-9]{4}$'::text)),
  constraint merchant_time_zone_is_a_name CHECK ((time_zone ~ '^[A-Za-z][A-Za-z0-9_+/-]{1,63}$'::text))
);

create table merchant_brand (
  merchant_id integer not null,
  language text,
  colour text,
  logo_id text,
  constraint merchant_brand_pkey PRIMARY KEY (merchant_id),
  constraint merchant_brand_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint merchant_brand_colour_check CHECK ((colour ~ '^#[0-9a-f]{6}$'::text))
);

create table merchant_lending (
  merchant_id integer not null,
  most_owed integer,
  orders_per_day integer,
  constraint merchant_lending_pkey PRIMARY KEY (merchant_id),
  constraint merchant_lending_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint merchant_lending_most_owed_check CHECK ((most_owed > 0)),
  constraint merchant_lending_orders_per_day_check CHECK ((orders_per_day > 0))
);

create table merchant_move (
  merchant_id integer not null,
  source text not null,
  target text not null,
  began_at timestamp with time zone not null default clock_timestamp(),
  switched_at timestamp with time zone,
  chains jsonb,
  constraint merchant_move_pkey PRIMARY KEY (merchant_id),
  constraint merchant_move_check CHECK ((target <> source)),
  constraint merchant_move_merchant_id_check CHECK ((merchant_id > 0))
);

create table merchant_number (
  is_only_row boolean not null default true,
  last integer not null,
  most integer not null,
  constraint merchant_number_pkey PRIMARY KEY (is_only_row),
  constraint merchant_number_check CHECK ((last <= most)),
  constraint merchant_number_is_only_row_check CHECK (is_only_row),
  constraint merchant_number_last_check CHECK ((last >= 0))
);

create table merchant_product (
  merchant_id integer not null,
  product text not null,
  minimum bigint not null,
  maximum bigint not null,
  constraint merchant_product_pkey PRIMARY KEY (merchant_id, product),
  constraint merchant_product_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint merchant_product_check CHECK ((maximum >= minimum)),
  constraint merchant_product_minimum_check CHECK ((minimum > 0))
);

create table message (
  owner text not null,
  message_id uuid not null,
  cause text not null,
  merchant_id integer,
  kind text not null,
  channel text not null,
  recipient text not null,
  language text not null,
  facts jsonb not null,
  state text not null default 'pending'::text,
  attempts smallint not null default 0,
  next_attempt_at timestamp with time zone,
  claimed_until timestamp with time zone,
  useful_until timestamp with time zone,
  error text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  constraint message_pkey PRIMARY KEY (owner, message_id),
  constraint message_attempts_check CHECK ((attempts >= 0)),
  constraint message_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  constraint message_claimed_while_sending CHECK (((state = 'sending'::text) = (claimed_until IS NOT NULL))),
  constraint message_due_while_pending CHECK (((state = 'pending'::text) = (next_attempt_at IS NOT NULL))),
  constraint message_owner_check CHECK ((owner ~ '^(shopper|merchant|contact):'::text)),
  constraint message_sent_has_a_time CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
  constraint message_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'unknown'::text])))
) with (fillfactor=80);

create table migration (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default clock_timestamp(),
  constraint migration_pkey PRIMARY KEY (name)
);

create table moving_merchant (
  merchant_id integer not null,
  state text not null,
  mover uuid not null,
  until timestamp with time zone,
  constraint moving_merchant_pkey PRIMARY KEY (merchant_id),
  constraint moving_merchant_check CHECK (((state = ANY (ARRAY['closed'::text, 'frozen'::text])) = (until IS NOT NULL))),
  constraint moving_merchant_merchant_id_check CHECK ((merchant_id > 0)),
  constraint moving_merchant_state_check CHECK ((state = ANY (ARRAY['leaving'::text, 'closed'::text, 'frozen'::text, 'left'::text, 'arriving'::text, 'arrived'::text, 'dropping'::text, 'dropped'::text])))
);

create table organization (
  merchant_id integer not null,
  organization_uuid uuid not null,
  title text not null,
  currency text not null,
  time_zone text not null,
  is_enabled boolean not null,
  constraint organization_pkey PRIMARY KEY (merchant_id, organization_uuid),
  constraint organization_organization_uuid_key UNIQUE (organization_uuid),
  constraint organization_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint organization_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
);

create table payee (
  address chain_address not null,
  merchant_id integer not null,
  opened_at timestamp with time zone not null,
  constraint payee_pkey PRIMARY KEY (address),
  constraint payee_merchant_id_key UNIQUE (merchant_id),
  constraint payee_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id)
);

create table payment (
  merchant_id integer not null,
  payment_id text not null,
  protocol text not null,
  product text not null,
  state text not null,
  currency text not null,
  total bigint not null,
  authorized bigint not null,
  captured bigint not null,
  refunded bigint not null,
  reduced bigint not null,
  fee_ppm integer not null,
  fee_tax_ppm integer not null,
  merchant_reference text,
  processor_reference text,
  sequence integer not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  timer_at timestamp with time zone,
  authorized_at timestamp with time zone,
  delayed_at timestamp with time zone,
  captured_at timestamp with time zone,
  voided_at timestamp with time zone,
  instrument jsonb,
  pending_attempt jsonb,
  captures jsonb,
  rail_reference text,
  failure text,
  funding text not null,
  received bigint,
  settled bigint,
  changed_at timestamp with time zone,
  constraint payment_pkey PRIMARY KEY (merchant_id, payment_id),
  constraint payment_amounts_not_negative CHECK (((captured >= 0) AND (refunded >= 0) AND (reduced >= 0))),
  constraint payment_authorized_within_total CHECK (((authorized >= 0) AND (authorized <= total))),
  constraint payment_captured_within_authorized CHECK (((captured + reduced) <= authorized)),
  constraint payment_captured_within_settled CHECK (((funding <> 'none'::text) OR (captured <= COALESCE(settled, (0)::bigint)))),
  constraint payment_failure_is_listed CHECK ((failure = ANY (ARRAY['card_declined'::text, 'insufficient_funds'::text, 'expired_card'::text, 'invalid_card_number'::text, 'invalid_expiry'::text, 'incorrect_security_code'::text, 'lost_or_stolen_card'::text, 'suspected_fraud'::text, 'not_permitted'::text, 'limit_exceeded'::text, 'authentication_required'::text, 'issuer_unavailable'::text, 'duplicate'::text, 'processing_error'::text, 'outcome_unknown'::text]))),
  constraint payment_funding_known CHECK ((funding = ANY (ARRAY['shopper'::text, 'acquirer'::text, 'none'::text]))),
  constraint payment_receives_where_nobody_collects CHECK (((received IS NOT NULL) <= (funding = 'none'::text))),
  constraint payment_refunded_within_captured CHECK ((refunded <= captured)),
  constraint payment_settled_within_received CHECK (((received IS NULL) OR ((settled IS NOT NULL) AND ((settled >= 0) AND (settled <= received))))),
  constraint payment_state_fits_amounts CHECK (
CASE state
    WHEN 'created'::text THEN ((authorized = 0) AND (captured = 0))
    WHEN 'processing'::text THEN ((authorized = 0) AND (captured = 0) AND (received > 0))
    WHEN 'authorized'::text THEN ((authorized = total) AND (captured = 0))
    WHEN 'captured'::text THEN ((captured > 0) AND (refunded = 0))
    WHEN 'partially_refunded'::text THEN ((refunded > 0) AND (refunded < captured))
    WHEN 'refunded'::text THEN ((captured > 0) AND (refunded = captured))
    WHEN 'voided'::text THEN (captured = refunded)
    WHEN 'expired'::text THEN (authorized = 0)
    WHEN 'lapsed'::text THEN (captured = 0)
    WHEN 'failed'::text THEN (captured = 0)
    ELSE (refunded = 0)
END),
  constraint payment_state_known CHECK ((state = ANY (ARRAY['created'::text, 'processing'::text, 'authorized'::text, 'delayed'::text, 'captured'::text, 'partially_refunded'::text, 'refunded'::text, 'voided'::text, 'expired'::text, 'lapsed'::text, 'failed'::text]))),
  constraint payment_total_positive CHECK ((total > 0))
) with (fillfactor=50);

create table payment_callback (
  merchant_id integer not null,
  payment_id text not null,
  url text not null,
  constraint payment_callback_pkey PRIMARY KEY (merchant_id, payment_id),
  constraint payment_callback_url_check CHECK ((length(url) <= 2048))
);

create table payment_contact (
  merchant_id integer not null,
  payment_id text not null,
  email text not null,
  created_at timestamp with time zone not null,
  constraint payment_contact_pkey PRIMARY KEY (merchant_id, payment_id),
  constraint payment_contact_email_check CHECK ((email = lower(email)))
);

create table payment_contact_progress (
  merchant_id integer not null,
  read_until timestamp with time zone not null,
  constraint payment_contact_progress_pkey PRIMARY KEY (merchant_id),
  constraint payment_contact_progress_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id)
);

create table payment_note (
  merchant_id integer not null,
  payment_id text not null,
  note_id uuid not null,
  author text not null,
  text text not null,
  at timestamp with time zone not null,
  constraint payment_note_pkey PRIMARY KEY (merchant_id, payment_id, note_id),
  constraint payment_note_text_check CHECK (((length(text) >= 1) AND (length(text) <= 2000)))
);

create table picture (
  merchant_id integer not null,
  picture_id text not null,
  url text,
  state text not null,
  type text,
  content bytea,
  tries smallint not null default 0,
  fetch_at timestamp with time zone,
  claimed_until timestamp with time zone,
  named_at timestamp with time zone not null,
  constraint picture_pkey PRIMARY KEY (merchant_id, picture_id),
  constraint picture_content_check CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 524288))),
  constraint picture_kept_has_content CHECK ((((state = 'kept'::text) = (content IS NOT NULL)) AND ((content IS NULL) = (type IS NULL)))),
  constraint picture_picture_id_check CHECK ((picture_id ~ '^[0-9a-f]{32}$'::text)),
  constraint picture_state_check CHECK ((state = ANY (ARRAY['wanted'::text, 'kept'::text, 'refused'::text]))),
  constraint picture_tries_check CHECK ((tries >= 0)),
  constraint picture_type_check CHECK ((type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'image/webp'::text, 'image/gif'::text]))),
  constraint picture_url_check CHECK ((length(url) <= 2048)),
  constraint picture_wanted_has_an_address CHECK (((state = 'kept'::text) OR (url IS NOT NULL))),
  constraint picture_wanted_is_due CHECK (((state = 'wanted'::text) = (fetch_at IS NOT NULL)))
);

create table removed_cell (
  name text not null,
  number smallint not null,
  removed_at timestamp with time zone not null default now(),
  constraint removed_cell_pkey PRIMARY KEY (name),
  constraint removed_cell_number_key UNIQUE (number)
);

create table request_log (
  merchant_id integer not null,
  entry_id uuid not null,
  at timestamp with time zone not null,
  api text not null,
  method text not null,
  path text not null,
  status smallint not null,
  latency_ms integer not null,
  request_id text not null,
  error_code text,
  request text,
  response text,
  skipped integer not null default 0,
  constraint request_log_pkey PRIMARY KEY (merchant_id, entry_id)
);

create table sandbox_clock (
  is_only_row boolean not null default true,
  offset_micros bigint not null,
  constraint sandbox_clock_pkey PRIMARY KEY (is_only_row),
  constraint sandbox_clock_is_only_row_check CHECK (is_only_row),
  constraint sandbox_clock_offset_micros_check CHECK ((offset_micros >= 0))
);

create table saved_view (
  merchant_id integer not null,
  user_id uuid not null,
  name text not null,
  query jsonb not null,
  constraint saved_view_pkey PRIMARY KEY (merchant_id, user_id, name),
  constraint saved_view_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint saved_view_user_id_fkey FOREIGN KEY (user_id) REFERENCES staff(user_id),
  constraint saved_view_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  constraint saved_view_query_check CHECK ((length((query)::text) < 2000))
);

create table shop_order (
  merchant_id integer not null,
  order_id text not null,
  order_number text not null,
  constraint shop_order_pkey PRIMARY KEY (merchant_id, order_id),
  constraint shop_order_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint shop_order_order_id_check CHECK ((order_id ~ '^[0-9]{1,20}$'::text)),
  constraint shop_order_order_number_check CHECK ((length(order_number) <= 255))
);

create table shop_secret (
  merchant_id integer not null,
  secret bytea not null,
  set_at timestamp with time zone not null,
  constraint shop_secret_pkey PRIMARY KEY (merchant_id),
  constraint shop_secret_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id)
);

create table shopper (
  shopper_id uuid not null,
  email text,
  phone text,
  given_names text,
  surname text,
  birth_date date,
  address text,
  postcode text,
  city text,
  country text,
  language text not null,
  state text not null default 'active'::text,
  created_at timestamp with time zone not null,
  constraint shopper_pkey PRIMARY KEY (shopper_id),
  constraint shopper_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint shopper_erased_is_empty CHECK (((state <> 'erased'::text) OR (num_nonnulls(email, phone, given_names) = 0))),
  constraint shopper_profile_is_whole CHECK ((num_nulls(given_names, surname, birth_date, address, postcode, city, country) = ANY (ARRAY[0, 7]))),
  constraint shopper_state_check CHECK ((state = ANY (ARRAY['active'::text, 'blocked'::text, 'erased'::text])))
);

create table shopper_card (
  shopper_id uuid not null,
  card_id uuid not null,
  brand text not null,
  last4 text not null,
  expiry_month smallint not null,
  expiry_year smallint not null,
  acquirer text not null,
  token bytea not null,
  is_default boolean not null,
  created_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint shopper_card_pkey PRIMARY KEY (shopper_id, card_id),
  constraint shopper_card_expiry_month_check CHECK (((expiry_month >= 1) AND (expiry_month <= 12))),
  constraint shopper_card_expiry_year_check CHECK (((expiry_year >= 2000) AND (expiry_year <= 9999))),
  constraint shopper_card_last4_check CHECK ((last4 ~ '^[0-9]{4}$'::text))
);

create table shopper_cell (
  contact bytea not null,
  cell text not null,
  constraint shopper_cell_pkey PRIMARY KEY (contact, cell),
  constraint shopper_cell_cell_fkey FOREIGN KEY (cell) REFERENCES cell(name),
  constraint shopper_cell_contact_check CHECK ((length(contact) = 32))
);

create table shopper_contact (
  contact text not null,
  shopper_id uuid not null,
  constraint shopper_contact_pkey PRIMARY KEY (contact)
);

create table shopper_order (
  shopper_id uuid not null,
  merchant_id integer not null,
  payment_id text not null,
  created_at timestamp with time zone not null,
  constraint shopper_order_pkey PRIMARY KEY (shopper_id, merchant_id, payment_id)
);

create table shopper_session (
  shopper_id uuid not null,
  session_id uuid not null,
  hash bytea not null,
  is_remembered boolean not null,
  device text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint shopper_session_pkey PRIMARY KEY (shopper_id, session_id),
  constraint shopper_session_hash_check CHECK ((length(hash) = 32))
);

create table shopper_sign_in (
  owner text not null,
  sign_in_id uuid not null,
  contact text not null,
  visitor_hash bytea not null,
  address_hash bytea not null,
  code_hash bytea not null,
  tries smallint not null default 0,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint shopper_sign_in_pkey PRIMARY KEY (owner, sign_in_id),
  constraint shopper_sign_in_address_hash_check CHECK ((length(address_hash) = 32)),
  constraint shopper_sign_in_code_hash_check CHECK ((length(code_hash) = 32)),
  constraint shopper_sign_in_owner_check CHECK ((owner ~ '^contact:'::text)),
  constraint shopper_sign_in_tries_check CHECK (((tries >= 0) AND (tries <= 5))),
  constraint shopper_sign_in_visitor_hash_check CHECK ((length(visitor_hash) = 32))
);

create table staff (
  user_id uuid not null,
  email text not null,
  name text not null,
  language text not null,
  password_hash text,
  sealed_totp_secret bytea,
  totp_step bigint not null default 0,
  is_fixture boolean not null default false,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  constraint staff_pkey PRIMARY KEY (user_id),
  constraint staff_email_is_lower_case CHECK (((email = lower(email)) AND ((length(email) >= 3) AND (length(email) <= 254)))),
  constraint staff_name_not_empty CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

create table staff_invitation (
  token_hash bytea not null,
  merchant_id integer not null,
  email text not null,
  role text not null,
  invited_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint staff_invitation_pkey PRIMARY KEY (token_hash),
  constraint staff_invitation_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint staff_invitation_email_check CHECK ((email = lower(email))),
  constraint staff_invitation_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'manager'::text, 'finance'::text, 'support'::text, 'developer'::text, 'clerk'::text]))),
  constraint staff_invitation_token_hash_check CHECK ((length(token_hash) = 32))
);

create table staff_membership (
  merchant_id integer not null,
  user_id uuid not null,
  role text not null,
  created_at timestamp with time zone not null,
  constraint staff_membership_pkey PRIMARY KEY (merchant_id, user_id),
  constraint staff_membership_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint staff_membership_user_id_fkey FOREIGN KEY (user_id) REFERENCES staff(user_id),
  constraint staff_membership_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'manager'::text, 'finance'::text, 'support'::text, 'developer'::text, 'clerk'::text])))
);

create table staff_passkey (
  user_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint staff_passkey_pkey PRIMARY KEY (user_id, credential_id),
  constraint staff_passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES staff(user_id),
  constraint staff_passkey_counter_check CHECK ((counter >= 0)),
  constraint staff_passkey_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);

create table staff_recovery_code (
  user_id uuid not null,
  code_hash bytea not null,
  used_at timestamp with time zone,
  constraint staff_recovery_code_pkey PRIMARY KEY (user_id, code_hash),
  constraint staff_recovery_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES staff(user_id),
  constraint staff_recovery_code_code_hash_check CHECK ((length(code_hash) = 32))
);

create table staff_session (
  token_hash bytea not null,
  session_id uuid not null,
  user_id uuid not null,
  is_complete boolean not null,
  challenge text,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  stepped_up_at timestamp with time zone,
  address text not null,
  agent text not null,
  ended_at timestamp with time zone,
  constraint staff_session_pkey PRIMARY KEY (token_hash),
  constraint staff_session_session_id_key UNIQUE (session_id),
  constraint staff_session_user_id_fkey FOREIGN KEY (user_id) REFERENCES staff(user_id),
  constraint staff_session_token_hash_check CHECK ((length(token_hash) = 32))
);

create table transfer (
  merchant_id integer not null,
  source_id text not null,
  sequence integer not null,
  line smallint not null,
  kind text not null,
  debit text not null,
  credit text not null,
  currency text not null,
  amount bigint not null,
  at timestamp with time zone not null,
  source_kind "char" not null,
  constraint transfer_pkey PRIMARY KEY (merchant_id, source_kind, source_id, sequence, line),
  constraint transfer_amount_positive CHECK ((amount > 0)),
  constraint transfer_between_two_accounts CHECK ((debit <> credit)),
  constraint transfer_source_kind_known CHECK ((source_kind = ANY (ARRAY['p'::"char", 'i'::"char", 'o'::"char", 'd'::"char"])))
);

create table unpaid_order (
  merchant_id integer not null,
  payment_id text not null,
  due_at timestamp with time zone not null,
  constraint unpaid_order_pkey PRIMARY KEY (merchant_id, payment_id)
);

create table wallet (
  merchant_id integer not null,
  chain_id bigint not null,
  address chain_address not null,
  is_current boolean not null,
  added_at timestamp with time zone not null,
  constraint wallet_pkey PRIMARY KEY (merchant_id, chain_id, address),
  constraint wallet_chain_id_address_key UNIQUE (chain_id, address),
  constraint wallet_chain_id_fkey FOREIGN KEY (chain_id) REFERENCES chain(chain_id),
  constraint wallet_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id)
);

create table webhook_attempt (
  merchant_id integer not null,
  message_id uuid not null,
  attempt_id bigint not null generated always as identity,
  at timestamp with time zone not null,
  status smallint,
  error text,
  latency_ms integer not null,
  answer text,
  constraint webhook_attempt_pkey PRIMARY KEY (merchant_id, message_id, attempt_id),
  constraint webhook_attempt_has_an_outcome CHECK (((status IS NOT NULL) OR (error IS NOT NULL)))
);

create table webhook_endpoint (
  merchant_id integer not null,
  endpoint_id uuid not null,
  kind text not null,
  url text,
  description text not null default ''::text,
  events text[],
  enabled boolean not null default true,
  secret bytea not null,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  previous_secrets bytea[] not null default '{}'::bytea[],
  previous_secrets_until timestamp with time zone[] not null default '{}'::timestamp with time zone[],
  fed_through bigint not null default 0,
  constraint webhook_endpoint_pkey PRIMARY KEY (merchant_id, endpoint_id),
  constraint webhook_endpoint_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES merchant(id),
  constraint webhook_endpoint_kind_check CHECK ((kind = ANY (ARRAY['http'::text, 'listener'::text, 'callbacks'::text]))),
  constraint webhook_endpoint_previous_secrets_are_few CHECK ((cardinality(previous_secrets) <= 8)),
  constraint webhook_endpoint_previous_secrets_end CHECK ((cardinality(previous_secrets) = cardinality(previous_secrets_until))),
  constraint webhook_endpoint_url_fits_kind CHECK (((kind = 'http'::text) = (url IS NOT NULL)))
);

create table webhook_feed (
  merchant_id integer not null,
  endpoint_id uuid not null,
  entry bigint not null generated always as identity,
  message_id uuid not null,
  source_id text not null,
  sequence integer not null,
  event text not null,
  is_replay boolean not null,
  created_at timestamp with time zone not null,
  source_kind "char" not null,
  "position" bigint,
  constraint webhook_feed_pkey PRIMARY KEY (merchant_id, endpoint_id, entry, message_id)
);

create table webhook_message (
  merchant_id integer not null,
  message_id uuid not null,
  endpoint_id uuid not null,
  source_id text not null,
  sequence integer not null,
  event text not null,
  state text not null default 'pending'::text,
  attempts smallint not null default 0,
  next_attempt_at timestamp with time zone,
  claimed_until timestamp with time zone,
  created_at timestamp with time zone not null,
  source_kind "char" not null,
  url text,
  constraint webhook_message_pkey PRIMARY KEY (merchant_id, message_id),
  constraint webhook_message_due_while_pending CHECK (((state = 'pending'::text) = (next_attempt_at IS NOT NULL))),
  constraint webhook_message_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text, 'skipped'::text])))
) with (fillfactor=80, autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_cost_delay=0);

CREATE INDEX api_key_by_merchant ON api_key USING btree (merchant_id);
CREATE UNIQUE INDEX attempt_one_step_of_a_plan ON attempt USING btree (merchant_id, payment_id) WHERE ((state = 'pending'::text) AND (instalment IS NOT NULL));
CREATE INDEX attempt_to_resolve ON attempt USING btree (check_at) WHERE (state = 'pending'::text);
CREATE INDEX catalogue_order_newest ON catalogue_order USING btree (merchant_id, organization_uuid, created_at DESC, payment_id DESC);
CREATE INDEX catalogue_variation_by_product ON catalogue_variation USING btree (merchant_id, product_uuid);
CREATE UNIQUE INDEX chain_amount_asked_once ON chain_amount USING btree (merchant_id, chain_id, recipient, token, units) WHERE (closed_at IS NULL);
CREATE INDEX chain_amount_part_paid ON chain_amount USING btree (merchant_id, chain_id, recipient, token) WHERE ((closed_at IS NULL) AND ((received)::numeric > (0)::numeric) AND ((received)::numeric < (units)::numeric));
CREATE INDEX chain_amount_watched ON chain_amount USING btree (watched_until) WHERE (closed_at IS NULL);
CREATE INDEX chain_hint_by_payer ON chain_hint USING btree (merchant_id, payer) WHERE (payer IS NOT NULL);
CREATE INDEX chain_hint_by_transaction ON chain_hint USING btree (merchant_id, transaction) WHERE (transaction IS NOT NULL);
CREATE UNIQUE INDEX chain_hint_told_once ON chain_hint USING btree (merchant_id, payment_id, chain_id, COALESCE((transaction)::bytea, '\x'::bytea), COALESCE((payer)::bytea, '\x'::bytea));
CREATE INDEX chain_transfer_by_payment ON chain_transfer USING btree (merchant_id, payment_id) WHERE (payment_id IS NOT NULL);
CREATE INDEX chain_transfer_by_sender ON chain_transfer USING btree (merchant_id, sender) WHERE (payment_id IS NOT NULL);
CREATE INDEX chain_transfer_inbox ON chain_transfer USING btree (merchant_id, seen_at) WHERE ((payment_id IS NULL) AND (dismissed_at IS NULL));
CREATE INDEX chain_transfer_inbox_amount ON chain_transfer USING btree (merchant_id, chain_id, recipient, token, units) WHERE ((payment_id IS NULL) AND (dismissed_at IS NULL));
CREATE INDEX chain_transfer_waiting ON chain_transfer USING btree (chain_id, block_number) WHERE (state = 'seen'::text);
CREATE INDEX idempotency_by_age ON idempotency USING btree (created_at);
CREATE INDEX instalment_plan_due ON instalment_plan USING btree (check_at) WHERE (check_at IS NOT NULL);
CREATE INDEX instalment_plan_of_shopper ON instalment_plan USING btree (shopper_id) WHERE (shopper_id IS NOT NULL);
CREATE INDEX message_by_age ON message USING btree (created_at);
CREATE INDEX message_claimed ON message USING btree (claimed_until) WHERE (state = 'sending'::text);
CREATE INDEX message_due ON message USING btree (next_attempt_at) WHERE (state = 'pending'::text);
CREATE UNIQUE INDEX message_once ON message USING btree (owner, cause, channel);
CREATE INDEX payment_by_merchant_reference ON payment USING btree (merchant_id, merchant_reference) WHERE (merchant_reference IS NOT NULL);
CREATE INDEX payment_by_processor_reference ON payment USING btree (merchant_id, processor_reference) WHERE (processor_reference IS NOT NULL);
CREATE INDEX payment_by_total ON payment USING btree (total, merchant_id, created_at);
CREATE INDEX payment_due ON payment USING btree (timer_at) WHERE (timer_at IS NOT NULL);
CREATE INDEX payment_newest ON payment USING btree (merchant_id, created_at DESC, payment_id DESC);
CREATE INDEX payment_contact_by_email ON payment_contact USING btree (merchant_id, email, created_at DESC);
CREATE INDEX picture_by_age ON picture USING btree (named_at) WHERE (url IS NOT NULL);
CREATE INDEX picture_due ON picture USING btree (fetch_at) WHERE (state = 'wanted'::text);
CREATE INDEX request_log_by_age ON request_log USING btree (at);
CREATE INDEX request_log_errors ON request_log USING btree (merchant_id, entry_id DESC) WHERE (status >= 400);
CREATE INDEX shop_order_by_number ON shop_order USING btree (order_id);
CREATE UNIQUE INDEX shopper_card_one_default ON shopper_card USING btree (shopper_id) WHERE (is_default AND (removed_at IS NULL));
CREATE INDEX shopper_contact_by_shopper ON shopper_contact USING btree (shopper_id);
CREATE INDEX shopper_sign_in_by_address ON shopper_sign_in USING btree (address_hash, created_at);
CREATE INDEX shopper_sign_in_by_age ON shopper_sign_in USING btree (created_at);
CREATE INDEX shopper_sign_in_by_visitor ON shopper_sign_in USING btree (visitor_hash, created_at);
CREATE UNIQUE INDEX staff_by_email ON staff USING btree (email);
CREATE UNIQUE INDEX staff_invitation_open ON staff_invitation USING btree (merchant_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
CREATE INDEX staff_membership_by_user ON staff_membership USING btree (user_id);
CREATE UNIQUE INDEX staff_passkey_by_credential ON staff_passkey USING btree (credential_id);
CREATE INDEX staff_session_by_user ON staff_session USING btree (user_id) WHERE (ended_at IS NULL);
CREATE INDEX unpaid_order_due ON unpaid_order USING btree (due_at);
CREATE UNIQUE INDEX wallet_current ON wallet USING btree (merchant_id, chain_id) WHERE is_current;
CREATE UNIQUE INDEX webhook_endpoint_for_callbacks ON webhook_endpoint USING btree (merchant_id) WHERE ((kind = 'callbacks'::text) AND (deleted_at IS NULL));
CREATE INDEX webhook_endpoint_live ON webhook_endpoint USING btree (merchant_id) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX webhook_feed_read ON webhook_feed USING btree (merchant_id, endpoint_id, "position") WHERE ("position" IS NOT NULL);
CREATE INDEX webhook_feed_unread ON webhook_feed USING btree (merchant_id, endpoint_id, entry) WHERE ("position" IS NULL);
CREATE INDEX webhook_message_dead ON webhook_message USING btree (merchant_id, message_id DESC) WHERE (state = 'dead'::text);
CREATE INDEX webhook_message_due ON webhook_message USING btree (merchant_id, endpoint_id, next_attempt_at, sequence) WHERE (state = 'pending'::text);

CREATE OR REPLACE FUNCTION absent_merchants()
 RETURNS integer[]
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(array_agg(merchant_id), '{}') from moving_merchant
  where state <> 'leaving' and (until is null or until > clock_timestamp())
$function$;

CREATE OR REPLACE FUNCTION expect_rows(actual bigint, expected bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if actual <> expected then
    raise exception 'only % of % rows are as they were seen', actual, expected using errcode = 'serialization_failure';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION frozen_merchants()
 RETURNS integer[]
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(array_agg(merchant_id), '{}') from moving_merchant
  where state in ('left', 'dropping', 'dropped') or (state = 'frozen' and until > clock_timestamp())
$function$;

CREATE OR REPLACE FUNCTION refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION refuse_delete_but_of_moved()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  is_dropping boolean;
begin
  execute format('select exists (select from %I.moving_merchant where merchant_id = $1 and state = ''dropping'')', tg_table_schema)
    into is_dropping using old.merchant_id;
  if is_dropping then
    return old;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION refuse_fixture_in_live()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  is_live boolean;
begin
  execute format('select exists (select from %I.database_stamp where mode = ''live'')', tg_table_schema) into is_live;
  if is_live then
    raise exception 'a live database takes no sandbox merchant' using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION refuse_frozen_merchant()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  moving record;
begin
  execute format('select state, until from %I.moving_merchant where merchant_id = $1 for share', tg_table_schema)
    into moving using tg_argv[0]::integer;
  if moving.state in ('left', 'dropped') or (moving.state = 'frozen' and moving.until > clock_timestamp()) then
    raise exception 'merchant % is moving to another cell', tg_argv[0] using errcode = '55T01';
  end if;
  return coalesce(new, old);
end $function$;

CREATE OR REPLACE FUNCTION refuse_other_currency()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the currency of a merchant never changes: every stored amount is in it' using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION refuse_other_stamp()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.mode = old.mode and (
    old.secret_fingerprint is null
    or (new.secret_fingerprint = old.secret_fingerprint and new.previous_fingerprints = old.previous_fingerprints)
    or new.previous_fingerprints = old.previous_fingerprints || old.secret_fingerprint
  ) then
    return new;
  end if;
  raise exception 'the stamp of a database is never changed, but for a secret key that follows another'
    using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION refuse_what_is_sold_in_euros()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  sold_in text;
begin
  execute format('select currency from %I.merchant where id = $1', tg_table_schema) into sold_in using new.merchant_id;
  if sold_in <> 'EUR' then
    raise exception 'this is sold in EUR only, and the merchant sells in another currency'
      using errcode = 'check_violation', constraint = tg_name;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION time_ordered_uuid(at timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
AS $function$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$function$;

CREATE CONSTRAINT TRIGGER api_key_is_of_its_currency AFTER INSERT OR UPDATE OF merchant_id, protocol ON api_key NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((new.protocol = 'scalapay'::text)) EXECUTE FUNCTION refuse_what_is_sold_in_euros();
CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_is_never_emptied BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_delete_but_of_moved();
CREATE TRIGGER catalogue_order_is_append_only BEFORE UPDATE OR TRUNCATE ON catalogue_order FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER catalogue_order_stays BEFORE DELETE ON catalogue_order FOR EACH ROW EXECUTE FUNCTION refuse_delete_but_of_moved();
CREATE TRIGGER database_stamp_never_changes BEFORE UPDATE ON database_stamp FOR EACH ROW EXECUTE FUNCTION refuse_other_stamp();
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_stays BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_delete_but_of_moved();
CREATE TRIGGER merchant_fixture_is_for_the_sandbox BEFORE INSERT OR UPDATE ON merchant FOR EACH ROW WHEN (new.is_fixture) EXECUTE FUNCTION refuse_fixture_in_live();
CREATE TRIGGER merchant_keeps_its_currency BEFORE UPDATE OF currency ON merchant FOR EACH ROW WHEN ((new.currency <> old.currency)) EXECUTE FUNCTION refuse_other_currency();
CREATE CONSTRAINT TRIGGER merchant_product_is_sold_in_its_currency AFTER INSERT OR UPDATE ON merchant_product NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((new.product = ANY (ARRAY['pay-in-3'::text, 'pay-in-4'::text, 'later'::text]))) EXECUTE FUNCTION refuse_what_is_sold_in_euros();
CREATE TRIGGER transfer_is_append_only BEFORE UPDATE OR TRUNCATE ON transfer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transfer_stays BEFORE DELETE ON transfer FOR EACH ROW EXECUTE FUNCTION refuse_delete_but_of_moved();
CREATE TRIGGER webhook_attempt_never_changes BEFORE UPDATE ON webhook_attempt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
