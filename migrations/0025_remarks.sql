-- What is said about the words of a draft, and who of a governing body takes part in it. Nothing is overwritten.

-- A comment or a reply. One of counsel's room is read by whom counsel let in there, and by nobody else of the city.
create table adoption_comment (
	id uuid primary key,
	draft_id uuid not null references adoption_draft,
	owner_city text not null,
	room room not null default 'city' check (room in ('city', 'counsel')),
	-- counts the comments of a draft in one room, so that a number tells nothing of the other; null: a reply
	nth integer,
	reply_to uuid,
	-- the provision and the edit at which it was made; null for a reply
	provision_id text check (provision_id ~ '^[a-z0-9]+$'),
	seq integer,
	-- stretch [start_at, end_at) of heading, line feed and words as the draft has them; null: the whole provision
	start_at integer,
	end_at integer,
	quote text,
	text text not null,
	seat uuid,
	person uuid,
	at timestamptz not null,
	unique (id, draft_id, room),
	unique (draft_id, room, nth),
	foreign key (reply_to, draft_id, room) references adoption_comment (id, draft_id, room),
	foreign key (draft_id, seq) references adoption_edit,
	check ((reply_to is null) = (nth is not null)),
	check ((reply_to is null) = (provision_id is not null) and (reply_to is null) = (seq is not null)),
	check ((start_at is null) = (end_at is null) and (start_at is null) = (quote is null)),
	check (start_at >= 0 and end_at > start_at)
);
create index adoption_comment_draft on adoption_comment (draft_id);
call compact_wall('adoption_comment', true);

-- What became of a comment, one row each time: the last one of a kind holds.
create table adoption_comment_state (
	comment_id uuid not null,
	nth integer not null,
	draft_id uuid not null,
	owner_city text not null,
	room room not null check (room in ('city', 'counsel')),
	act text not null check (act in ('resolved', 'reopened', 'assigned')),
	-- seat that it was assigned to; null: to nobody any more
	assigned uuid,
	seat uuid,
	person uuid,
	at timestamptz not null,
	primary key (comment_id, nth),
	foreign key (comment_id, draft_id, room) references adoption_comment (id, draft_id, room),
	check (assigned is null or act = 'assigned')
);
create index adoption_comment_state_draft on adoption_comment_state (draft_id);
call compact_wall('adoption_comment_state', true);

-- Since when a seat of the governing body takes part in a draft: it opened it, wrote in it or commented on it. Of nobody else is
-- it kept what they read.
create table adoption_party (
	draft_id uuid not null references adoption_draft,
	seat uuid not null,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	since timestamptz not null,
	primary key (draft_id, seat)
);
call compact_wall('adoption_party', true);
-- Who may only read takes part too.
drop policy add on adoption_party;
create policy add on adoption_party for insert with check (compact_may_read(room, owner_city));

-- How many members of its governing body make a meeting, as the city's counsel set it; the last one holds.
create table adoption_quorum (
	owner_city text not null,
	nth integer not null,
	room room not null default 'city' check (room = 'city'),
	number integer not null check (number between 2 and 100),
	seat uuid,
	person uuid,
	at timestamptz not null,
	primary key (owner_city, nth)
);
call compact_wall('adoption_quorum', true);

-- That counsel let one more seat take part in a draft, and why.
create table adoption_quorum_allowed (
	draft_id uuid not null references adoption_draft,
	seat uuid not null,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	reason text not null,
	allowed_by uuid,
	person uuid,
	at timestamptz not null,
	primary key (draft_id, seat)
);
call compact_wall('adoption_quorum_allowed', true);
