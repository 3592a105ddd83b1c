-- Somebody lost every way to sign in; somebody has another address.

-- That it was said. Whose address it is, if anybody's, is looked up by a job, so that what is done at once is the same for
-- every address. Gone when the job ran.
create table coalition_loss_request (
	id uuid primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	address text not null,
	asked_at timestamptz not null
);
call compact_wall_for('coalition_loss_request', array['access']);

-- The same of somebody who has an account. Two stewards approve after a call, then 72 hours pass.
create table coalition_loss (
	id uuid primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	person text not null references access_user on delete cascade,
	-- as stewards see them; erased when it is over
	name text,
	email text,
	language text not null check (language in ('en', 'es')),
	reported_at timestamptz not null,
	called_at timestamptz,
	called_by text,
	called_number text,
	-- public page that shows the number
	called_site text,
	-- from when on a link may be sent: 72 hours after the second approval
	due_at timestamptz,
	link_hash text unique,
	link_until timestamptz,
	code_hash text,
	code_wrong integer not null default 0,
	-- asked for at the server's own terminal, where no two other stewards are
	from_terminal boolean not null default false,
	over_at timestamptz,
	outcome text check (outcome in ('stopped', 'lapsed', 'renewed')),
	check ((called_at is null) = (called_number is null)),
	check ((link_hash is null) = (link_until is null)),
	check ((over_at is null) = (outcome is null)),
	check ((over_at is null) = (email is not null)),
	check (over_at is null or link_hash is null)
);
create unique index coalition_loss_open on coalition_loss (person) where over_at is null;
call compact_wall_for('coalition_loss', array['steward', 'access']);

create table coalition_loss_approval (
	loss_id uuid not null references coalition_loss on delete cascade,
	person text not null,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	at timestamptz not null,
	primary key (loss_id, person)
);
call compact_wall_for('coalition_loss_approval', array['steward', 'access']);

-- A mailbox of a city beside those of its seats. One that was replaced is told so, and erased then.
create table coalition_second_contact (
	id uuid primary key,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	address text not null,
	language text not null check (language in ('en', 'es')),
	set_at timestamptz not null,
	set_by text not null,
	ended_at timestamptz
);
create unique index coalition_second_contact_now on coalition_second_contact (owner_city) where ended_at is null;
call compact_wall('coalition_second_contact');
-- the server writes to it
create policy write_to on coalition_second_contact for select using (compact_city() is null and compact_role() = 'access');
create policy forget on coalition_second_contact for delete using (compact_city() is null and compact_role() = 'access' and ended_at is not null);

-- Somebody wants another address: the link in a mail to it shows that it is theirs. The former one is erased when it was told.
create table access_address_change (
	id uuid primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	user_id text not null references access_user on delete cascade,
	address text not null,
	former text,
	-- null once it was used
	link_hash text unique,
	asked_at timestamptz not null,
	check ((link_hash is null) = (former is not null))
);
call compact_wall_for('access_address_change', array['access']);
