-- Addresses that want to hear of places: readable by the mailer alone.

-- Somebody typed an address; whether it is theirs shows when they press the button of the page that we mail to it. Erased
-- after a day.
create table alert_request (
	id uuid primary key,
	owner_city text,
	room room not null default 'city' check (room = 'city'),
	address text not null,
	-- OCD id; places are read anew now and then, and no row of theirs should take a wish along
	place_id text not null,
	language text not null check (language in ('en', 'es')),
	asked_at timestamptz not null
);
create index alert_request_address on alert_request (address);
create index alert_request_asked on alert_request (asked_at);
call compact_wall_for('alert_request', array['system']);

-- An address that is written to, with nothing else about whose it is. Erased with its last place.
create table alert_reader (
	id uuid primary key,
	owner_city text,
	room room not null default 'city' check (room = 'city'),
	address text not null unique,
	language text not null check (language in ('en', 'es')),
	since timestamptz not null
);
call compact_wall_for('alert_reader', array['system']);

create table alert_place (
	reader_id uuid not null references alert_reader on delete cascade,
	place_id text not null,
	owner_city text,
	room room not null default 'city' check (room = 'city'),
	-- a seat that chose it: it ends with the seat. Null where the address proved itself.
	seat_id uuid references coalition_seat on delete cascade,
	since timestamptz not null,
	primary key (reader_id, place_id)
);
create index alert_place_place on alert_place (place_id);
create index alert_place_seat on alert_place (seat_id) where seat_id is not null;
call compact_wall_for('alert_place', array['system']);

-- What a reader is to be told, or was told: a withdrawal is told to whom the event was told.
create table alert_line (
	reader_id uuid not null references alert_reader on delete cascade,
	-- of the entry in the journal
	position bigint not null,
	owner_city text,
	room room not null default 'city' check (room = 'city'),
	kind text not null check (kind in ('event', 'event_withdrawn')),
	event_id text not null,
	gathered_at timestamptz not null,
	-- by a job that is about to send it
	taken_at timestamptz,
	sent_at timestamptz,
	primary key (reader_id, position)
);
create index alert_line_event on alert_line (event_id);
create index alert_line_waiting on alert_line (reader_id) where sent_at is null;
call compact_wall_for('alert_line', array['system']);

-- One row: how far the journal was read. Made by the first reading, so that a restored backup finds none in its place.
create table alert_mark (
	"only" boolean primary key default true check ("only"),
	owner_city text,
	room room not null default 'city' check (room = 'city'),
	position bigint not null
);
call compact_wall_for('alert_mark', array['system']);
