-- Accounts, sessions, passkeys, invitations: read and written by what signs people in, and by nobody else.
-- The columns are those of better-auth 1.7 in our spelling, and what we need besides. Nothing tells where somebody was or
-- with which browser.

create table access_user (
	id text primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	name text not null,
	email text not null unique check (email = lower(email)),
	email_verified boolean not null default true,
	image text,
	two_factor_enabled boolean not null default false,
	language text not null default 'en' check (language in ('en', 'es')),
	created_at timestamptz not null,
	updated_at timestamptz not null
);
call compact_wall_for('access_user', array['access']);

-- A session begins with one factor and opens nothing but the page that asks for the other.
create table access_session (
	id text primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	-- SHA-256 of what the cookie says
	token text not null unique check (token ~ '^[0-9a-f]{64}$'),
	user_id text not null references access_user on delete cascade,
	second boolean not null default false,
	-- seat acted under
	seat_id text,
	-- when both factors were last shown
	fresh_at timestamptz,
	-- wrong second factors since it began
	failed integer not null default 0,
	-- however much it is used, it ends then
	expires_at timestamptz not null,
	created_at timestamptz not null,
	-- last used
	updated_at timestamptz not null,
	ip_address text not null default '' check (ip_address = ''),
	user_agent text not null default '' check (user_agent = ''),
	check (second or (seat_id is null and fresh_at is null))
);
create index access_session_user on access_session (user_id);
create index access_session_expires on access_session (expires_at);
call compact_wall_for('access_session', array['access']);

-- Where a password is kept: one row of provider `credential` for each person that has one.
create table access_account (
	id text primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	account_id text not null,
	provider_id text not null check (provider_id = 'credential'),
	user_id text not null references access_user on delete cascade,
	access_token text,
	refresh_token text,
	id_token text,
	access_token_expires_at timestamptz,
	refresh_token_expires_at timestamptz,
	scope text,
	-- Argon2id, with its parameters
	password text,
	created_at timestamptz not null,
	updated_at timestamptz not null,
	unique (user_id, provider_id)
);
call compact_wall_for('access_account', array['access']);

-- What was asked and may be answered once: the challenge of a passkey.
create table access_verification (
	id text primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	identifier text not null,
	value text not null,
	expires_at timestamptz not null,
	created_at timestamptz not null,
	updated_at timestamptz not null
);
create index access_verification_identifier on access_verification (identifier);
call compact_wall_for('access_verification', array['access']);

-- The codes of an authenticator app, and codes on paper for the day it is lost.
create table access_two_factor (
	id text primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	user_id text not null unique references access_user on delete cascade,
	-- encrypted with a key of the server's secret
	secret text not null,
	-- hashes of those not yet used, as a list in JSON
	backup_codes text not null,
	verified boolean not null default false,
	-- the half minute of the last code taken: no code is taken twice
	last_step bigint not null default 0,
	failed_verification_count integer not null default 0,
	locked_until timestamptz
);
call compact_wall_for('access_two_factor', array['access']);

create table access_passkey (
	id text primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	name text,
	public_key text not null,
	user_id text not null references access_user on delete cascade,
	credential_id text not null unique,
	counter bigint not null,
	device_type text not null,
	backed_up boolean not null,
	transports text,
	created_at timestamptz not null,
	last_used_at timestamptz,
	aaguid text
);
create index access_passkey_user on access_passkey (user_id);
call compact_wall_for('access_passkey', array['access']);

-- How often something was tried: by a hash under a key of the day, so that nobody can tell of whom; gone after a day.
create table access_attempt (
	key text not null,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	began_at timestamptz not null,
	count integer not null,
	primary key (key, began_at)
);
create index access_attempt_began on access_attempt (began_at);
call compact_wall_for('access_attempt', array['access']);
