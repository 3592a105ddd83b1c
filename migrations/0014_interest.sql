-- Cities that ask: the form, what became of it, and the official list of government domains.

-- Somebody filled in the form; whether the address is theirs shows when they press the button of the page that we mail to it.
-- Erased after a day.
create table interest_request (
	id uuid primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	-- OCD id; places are read anew now and then, and no row of theirs should take a wish along
	place_id text not null,
	office text not null,
	standing text not null,
	vote_day date,
	helps text[] not null,
	note text,
	email text not null,
	language text not null check (language in ('en', 'es')),
	asked_at timestamptz not null
);
create index interest_request_asked on interest_request (asked_at);
call compact_wall_for('interest_request', array['system']);

-- The same with a proved address, and what stewards did about it.
create table interest (
	id uuid primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	place_id text not null,
	office text not null,
	standing text not null,
	vote_day date,
	helps text[] not null,
	note text,
	email text not null,
	language text not null check (language in ('en', 'es')),
	proved_at timestamptz not null,
	-- steward who sees to it
	keeper text,
	-- place as a steward confirmed it
	matched_place text,
	matched_at timestamptz,
	matched_by text,
	called_at timestamptz,
	called_by text,
	called_number text,
	-- public page that shows the number
	called_site text,
	declined_at timestamptz,
	declined_by text,
	declined_reason text,
	check ((matched_place is null) = (matched_at is null)),
	check ((called_at is null) = (called_number is null)),
	check ((declined_at is null) = (declined_reason is null))
);
create index interest_proved on interest (proved_at);
call compact_wall_for('interest', array['steward', 'operator', 'system']);

-- One steward says that this is the city. Two different ones are needed.
create table interest_approval (
	interest_id uuid not null references interest on delete cascade,
	person text not null,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	at timestamptz not null,
	primary key (interest_id, person)
);
call compact_wall_for('interest_approval', array['steward', 'operator', 'system']);

-- The official list of .gov domains, as its publisher gives it to everybody; without the mail addresses in it.
create table domain (
	name text primary key,
	type text not null,
	organisation text not null,
	suborganisation text,
	city text,
	state_code text
);
create table domain_source (
	"only" boolean primary key default true check ("only"),
	sha256 text not null,
	rows integer not null,
	imported_at timestamptz not null
);

-- A city that has asked and is no member yet: only stewards and the city itself know of it.
alter table coalition_member add column approaching boolean not null default false;
create function compact_knows_approaching(owner_city text) returns boolean language sql stable
	return owner_city = compact_city() or (compact_city() is null and compact_role() in ('steward', 'operator', 'system'));
alter policy read on coalition_member using (compact_may_read(room, owner_city)
	and (not approaching or compact_knows_approaching(owner_city)));
alter policy read on coalition_fact using (compact_may_read(room, owner_city)
	and (room = 'public' or kind in ('member', 'observer', 'withdrew') or compact_is_coalition() or owner_city = compact_city())
	and exists (select from coalition_member m where m.id = member_id));
alter policy read on coalition_seat using (compact_role() = 'access' or (compact_may_read(room, owner_city)
	and (member_id is null or exists (select from coalition_member m where m.id = member_id))));
