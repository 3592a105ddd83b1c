-- Accounts, sessions, passkeys, invitations: read and written by what signs people in, and by nobody else.
-- Nothing here tells where somebody was or with which browser.

create table access_user (
	id text primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	name text not null,
	email text not null unique check (email = lower(email)),
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
	check (second or (seat_id is null and fresh_at is null))
);
create index access_session_user on access_session (user_id);
create index access_session_expires on access_session (expires_at);
call compact_wall_for('access_session', array['access']);

-- The password of a person that has one.
create table access_account (
	user_id text primary key references access_user on delete cascade,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	-- Argon2id, with its parameters
	password text not null,
	updated_at timestamptz not null
);
call compact_wall_for('access_account', array['access']);

-- What was asked of a passkey and may be answered once.
create table access_verification (
	-- the challenge
	id text primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	kind text not null check (kind in ('sign_in', 'add')),
	-- who adds a passkey; null while nobody knows who signs in
	user_id text references access_user on delete cascade,
	expires_at timestamptz not null,
	check ((kind = 'add') = (user_id is not null))
);
create index access_verification_expires on access_verification (expires_at);
call compact_wall_for('access_verification', array['access']);

-- An authenticator app, and codes on paper for the day it is lost.
create table access_two_factor (
	user_id text primary key references access_user on delete cascade,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	-- encrypted with a key of the server's secret
	secret text not null,
	-- keyed hashes of the codes on paper that were not yet used
	backup_codes text[] not null default '{}',
	-- null until a code of the app was shown: before, it opens nothing
	verified_at timestamptz,
	-- the half minute of the last code taken: no code is taken twice
	last_step bigint not null default 0,
	created_at timestamptz not null
);
call compact_wall_for('access_two_factor', array['access']);

create table access_passkey (
	id text primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	-- what its owner calls it
	name text not null,
	public_key bytea not null,
	user_id text not null references access_user on delete cascade,
	credential_id text not null unique,
	counter bigint not null,
	transports text[] not null default '{}',
	created_at timestamptz not null,
	last_used_at timestamptz
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
