-- Members and seats. A member is a place; people hold seats in it. Membership is private until the city publishes it: the
-- room of a row is `members`, and `public` from the day its city published it.

create table coalition_member (
	id uuid primary key,
	-- OCD id of the place; the owner of everything a city keeps to itself
	place_id text not null unique references place on delete cascade deferrable initially deferred,
	owner_city text not null,
	room room not null default 'members' check (room in ('members', 'public')),
	sample boolean not null default false,
	added_at timestamptz not null,
	added_by text not null,
	check (owner_city = place_id)
);
-- the coalition keeps the list of its members; a city publishes itself
alter table coalition_member enable row level security;
alter table coalition_member force row level security;
create policy maintenance on coalition_member to current_user using (compact_maintains()) with check (compact_maintains());
create policy read on coalition_member for select using (compact_may_read(room, owner_city));
create policy add on coalition_member for insert with check (compact_is_coalition());
create policy change on coalition_member for update using (compact_is_coalition() or compact_may_write(room, owner_city));
create policy remove on coalition_member for delete using (compact_is_coalition());

-- What became of a city's interest and membership, by day. Only added to; one that was wrong is withdrawn with a reason.
create table coalition_fact (
	member_id uuid not null references coalition_member on delete cascade,
	id uuid not null,
	owner_city text not null,
	room room not null default 'members' check (room in ('members', 'public')),
	kind text not null check (kind in ('interested', 'verified', 'in_conversation', 'voted', 'member', 'observer', 'withdrew')),
	day date not null,
	note text,
	author text not null,
	at timestamptz not null,
	withdrawn_at timestamptz,
	withdrawn_by text,
	withdrawn_reason text,
	primary key (member_id, id),
	check ((withdrawn_at is null) = (withdrawn_reason is null))
);
alter table coalition_fact enable row level security;
alter table coalition_fact force row level security;
create policy maintenance on coalition_fact to current_user using (compact_maintains()) with check (compact_maintains());
-- before a city is a member, only stewards know of it
create policy read on coalition_fact for select using (compact_may_read(room, owner_city)
	and (room = 'public' or kind in ('member', 'observer', 'withdrew') or compact_is_coalition() or owner_city = compact_city()));
-- a city says itself that it leaves
create policy add on coalition_fact for insert with check (compact_is_coalition() or (kind = 'withdrew' and compact_may_write(room, owner_city)));
create policy change on coalition_fact for update using (compact_is_coalition() or compact_may_write(room, owner_city));

-- A city says publicly that it is a member, or takes that back: a dated fact with the name of who approved it.
create table coalition_publication (
	member_id uuid not null references coalition_member on delete cascade,
	id uuid not null,
	owner_city text not null,
	room room not null default 'members' check (room in ('members', 'public')),
	kind text not null check (kind in ('published', 'taken_back')),
	day date not null,
	approver text not null,
	office text not null,
	author text not null,
	at timestamptz not null,
	primary key (member_id, id)
);
call compact_wall('coalition_publication');

-- A seat: what a person does for a city or for the coalition, from one day to another.
create table coalition_seat (
	id uuid primary key,
	-- null: of the coalition itself (stewards, editors), or of no city (advocates)
	member_id uuid references coalition_member on delete cascade,
	owner_city text,
	room room not null default 'members' check (room in ('members', 'city')),
	-- account of the person; null in the sample and after an account was erased
	person text,
	role text not null check (role in ('steward', 'editor', 'member', 'counsel', 'observer', 'advocate')),
	-- as shown: a name, or for advocates an alias of their choice
	name text,
	office text not null,
	governing boolean not null default false,
	-- a client that counsel let into the counsel room
	in_counsel boolean not null default false,
	from_day date not null,
	until_day date,
	-- who held it before, where it was handed over
	after_seat uuid references coalition_seat on delete set null,
	sample boolean not null default false,
	added_at timestamptz not null,
	added_by text not null,
	ended_at timestamptz,
	ended_by text,
	check ((role in ('member', 'counsel', 'observer')) = (member_id is not null)),
	check (until_day is null or until_day >= from_day),
	check ((ended_at is null) = (ended_by is null))
);
create index coalition_seat_person on coalition_seat (person) where ended_at is null;
create index coalition_seat_member on coalition_seat (member_id) where ended_at is null;
alter table coalition_seat enable row level security;
alter table coalition_seat force row level security;
create policy maintenance on coalition_seat to current_user using (compact_maintains()) with check (compact_maintains());
-- the server reads it for whoever signs in
create policy read on coalition_seat for select using (compact_may_read(room, owner_city) or compact_role() = 'access');
create policy add on coalition_seat for insert with check (compact_is_coalition() or compact_may_write(room, owner_city));
create policy change on coalition_seat for update using (compact_is_coalition() or compact_may_write(room, owner_city));

-- A joint matter: attorneys of named cities, under an agreement, for a time. Its rows are its own.
create table coalition_matter (
	id uuid primary key,
	owner_city text not null,
	room room not null default 'joint' check (room = 'joint'),
	name text not null,
	agreement text not null,
	expires date not null,
	at timestamptz not null,
	check (owner_city = 'matter:' || id)
);
call compact_wall('coalition_matter');

-- Which seats are of a matter. Read by its parties; the server reads it for whoever signs in.
create table coalition_party (
	matter_id uuid not null references coalition_matter on delete cascade,
	seat_id uuid not null references coalition_seat on delete cascade,
	owner_city text not null,
	room room not null default 'joint' check (room = 'joint'),
	from_day date not null,
	until_day date,
	primary key (matter_id, seat_id)
);
alter table coalition_party enable row level security;
alter table coalition_party force row level security;
create policy maintenance on coalition_party to current_user using (compact_maintains()) with check (compact_maintains());
create policy read on coalition_party for select using (compact_may_read(room, owner_city) or compact_role() = 'access');
create policy add on coalition_party for insert with check (compact_may_write(room, owner_city));
create policy change on coalition_party for update using (compact_may_write(room, owner_city));

-- That somebody wrote to a seat through the platform: no word of it is kept, only that, for as long as it is counted.
create table coalition_contact (
	id uuid primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	from_person text not null,
	at timestamptz not null
);
create index coalition_contact_at on coalition_contact (at);
call compact_wall_for('coalition_contact', array['access']);

-- Somebody who is asked to take a seat. The link in the mail and the code told by telephone are both needed; of each only a
-- hash is kept. The first steward gets a link from the server's own terminal, and needs no code.
create table coalition_invitation (
	id uuid primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	email text not null,
	name text not null,
	language text not null check (language in ('en', 'es')),
	member_id uuid references coalition_member on delete cascade,
	-- place of that member, for whoever answers and may not read the list
	city text,
	role text not null check (role in ('steward', 'editor', 'member', 'counsel', 'observer', 'advocate')),
	office text not null,
	governing boolean not null default false,
	-- the seat that is handed over with it
	after_seat uuid references coalition_seat on delete set null,
	invited_at timestamptz not null,
	invited_by text not null,
	-- SHA-256 of the last piece of the link; null: none is open
	link_hash text unique check (link_hash ~ '^[0-9a-f]{64}$'),
	link_until timestamptz,
	-- keyed hash of the code; null where none was told, or it was used up
	code_hash text,
	code_wrong integer not null default 0,
	-- by whom and on which number of the city's public site the code was told
	called_at timestamptz,
	called_by text,
	called_number text,
	called_site text,
	from_terminal boolean not null default false,
	-- account that was made or found, once link and code were given
	person text,
	accepted_at timestamptz,
	withdrawn_at timestamptz,
	check ((link_hash is null) = (link_until is null)),
	check (accepted_at is null or person is not null)
);
create index coalition_invitation_open on coalition_invitation (invited_at)
	where accepted_at is null and withdrawn_at is null;
create index coalition_invitation_person on coalition_invitation (person) where accepted_at is null;
call compact_wall_for('coalition_invitation', array['steward', 'operator', 'system', 'access']);
