-- What a person gives a program, so that it acts under one of their seats without them. It ends with the seat.
create table access_key (
	id uuid primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	-- SHA-256 of what the program says
	token text not null unique check (token ~ '^[0-9a-f]{64}$'),
	user_id text not null references access_user on delete cascade,
	seat_id uuid not null references coalition_seat on delete cascade,
	-- what its owner calls it
	name text not null,
	opens text not null check (opens in ('read', 'change')),
	-- whether it opens the counsel room too, where the seat does
	counsel boolean not null,
	made_at timestamptz not null,
	expires_at timestamptz not null,
	-- day of its last use: not the hour, and not what for
	used_on date,
	check (expires_at > made_at and expires_at <= made_at + interval '366 days')
);
create index access_key_user on access_key (user_id);
call compact_wall_for('access_key', array['access']);
