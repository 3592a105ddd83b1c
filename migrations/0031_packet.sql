-- The packet for an agenda. Private to its city, as the draft is; what was said before stays.

-- Word templates of a city, the last one holds. The file lies in blob, without what named its makers; null: ours again.
create table adoption_template (
	owner_city text not null,
	nth integer not null,
	room room not null default 'city' check (room = 'city'),
	blob_id uuid,
	-- of the file as it was sent, for show
	name text,
	-- what was taken out of it, src/adoption/packet/bare-part.ts, with blanks between
	stripped text not null default '' check (stripped ~ '^[a-z_ ]*$'),
	seat uuid,
	person uuid,
	at timestamptz not null,
	primary key (owner_city, nth),
	check ((blob_id is null) = (name is null))
);
call compact_wall('adoption_template', true);

-- What the clerk said for the packet of a draft, the last saying holds.
create table adoption_packet (
	draft_id uuid not null references adoption_draft,
	nth integer not null,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	title text not null,
	number text not null,
	day date,
	sponsor text not null,
	summary text not null,
	fiscal text not null,
	look text not null check (look in ('chicago', 'new-york-city', 'king-county', 'san-francisco', 'carmel')),
	-- what is in it, src/adoption/packet/field.ts, with blanks between
	parts text not null check (parts ~ '^[a-z ]+$'),
	seat uuid,
	person uuid,
	at timestamptz not null,
	primary key (draft_id, nth)
);
create index adoption_packet_city on adoption_packet (owner_city);
call compact_wall('adoption_packet', true);
