-- The people of a shop: who they are, how they prove it, which merchants they work for, and what they did.
-- A person belongs to no merchant, so these tables are few, small, and kept beside the merchants.

create table staff (
  user_id uuid primary key,
  email text not null,
  name text not null,
  language text not null,
  -- argon2id, with its salt and costs; null until the invitation is taken up
  password_hash text,
  -- the secret of the authenticator app, encrypted; null without one
  sealed_totp_secret bytea,
  -- the newest time step that was used: a code is taken once
  totp_step bigint not null default 0,
  is_fixture boolean not null default false,
  created_at timestamptz not null,
  disabled_at timestamptz,
  constraint staff_email_is_lower_case check (email = lower(email) and length(email) between 3 and 254),
  constraint staff_name_not_empty check (length(name) between 1 and 100)
);
create unique index staff_by_email on staff (email);

create table staff_membership (
  merchant_id integer not null references merchant (id),
  user_id uuid not null references staff (user_id),
  role text not null check (role in ('owner', 'manager', 'finance', 'support', 'developer', 'clerk')),
  created_at timestamptz not null,
  primary key (merchant_id, user_id)
);
create index staff_membership_by_user on staff_membership (user_id);

create table staff_passkey (
  user_id uuid not null references staff (user_id),
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  name text not null check (length(name) between 1 and 60),
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (user_id, credential_id)
);
create unique index staff_passkey_by_credential on staff_passkey (credential_id);

create table staff_recovery_code (
  user_id uuid not null references staff (user_id),
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  primary key (user_id, code_hash)
);

-- A browser that proves something: a password without its second factor yet, or a whole session. Kept as SHA-256.
create table staff_session (
  token_hash bytea primary key check (length(token_hash) = 32),
  session_id uuid not null unique,
  user_id uuid not null references staff (user_id),
  -- what was proved; a session that waits for its second factor opens nothing
  is_complete boolean not null,
  -- the challenge of a passkey ceremony that stands, taken once
  challenge text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  -- when the person last proved to be there, for what a stolen session must not do
  stepped_up_at timestamptz,
  address text not null,
  agent text not null,
  ended_at timestamptz
);
create index staff_session_by_user on staff_session (user_id) where ended_at is null;

create table staff_invitation (
  token_hash bytea primary key check (length(token_hash) = 32),
  merchant_id integer not null references merchant (id),
  email text not null check (email = lower(email)),
  role text not null check (role in ('owner', 'manager', 'finance', 'support', 'developer', 'clerk')),
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
create unique index staff_invitation_open on staff_invitation (merchant_id, email)
  where accepted_at is null and revoked_at is null;

-- Who did what. Each entry holds the hash of the one before it, so that none can be changed or taken away unseen.
create table audit_entry (
  merchant_id integer not null references merchant (id),
  number bigint not null check (number > 0),
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('user', 'operator', 'key', 'system')),
  actor text not null,
  action text not null,
  subject text not null,
  before json,
  after json,
  address text,
  previous_hash bytea not null check (length(previous_hash) = 32),
  hash bytea not null check (length(hash) = 32),
  primary key (merchant_id, number)
);

create trigger audit_entry_is_append_only before update or delete on audit_entry
  for each statement execute function refuse_change();
create trigger audit_entry_is_never_emptied before truncate on audit_entry
  for each statement execute function refuse_change();
