-- A draft goes to the city's counsel and comes back. Private to its city, as the draft is; nothing is overwritten.
create table adoption_counsel (
	draft_id uuid not null references adoption_draft,
	-- counts the turns of a draft, from 1
	nth integer not null,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	act text not null check (act in ('sent', 'returned')),
	-- the last edit then
	seq integer not null,
	-- seat of counsel that it was sent to; null: the city has none, and it was sent by hand
	to_seat uuid,
	seat uuid,
	person uuid,
	at timestamptz not null,
	primary key (draft_id, nth),
	foreign key (draft_id, seq) references adoption_edit,
	check (to_seat is null or act = 'sent')
);
create index adoption_counsel_city on adoption_counsel (owner_city);
call compact_wall('adoption_counsel', true);

-- The comment by which an open blank is asked of counsel: one a blank, opened again where the blank is.
create table adoption_question (
	draft_id uuid not null references adoption_draft,
	blank text not null check (blank ~ '^[a-z0-9_]+$'),
	comment_id uuid not null references adoption_comment,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	primary key (draft_id, blank)
);
call compact_wall('adoption_question', true);
