-- What the editor with scripts needs beside the edits of a draft themselves.

-- Which edits came with which sending of an editor. One whose answer was lost on the way sends the same again, and it is not
-- done twice. `name`: the provision whose words were kept, the name that the editor gave to one that is new, or `deed`.
create table adoption_written (
	draft_id uuid not null,
	batch uuid not null,
	name text not null check (name ~ '^[a-z0-9]+$'),
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	seq integer not null,
	-- the provision that a name became
	provision_id text check (provision_id ~ '^[a-z0-9]+$'),
	primary key (draft_id, batch, name),
	foreign key (draft_id, seq) references adoption_edit
);
call compact_wall('adoption_written', true);

-- Who has a draft open in an editor at this moment, and in which provision. Removed within a minute; in no backup.
create unlogged table adoption_presence (
	draft_id uuid not null references adoption_draft,
	-- one window of a browser
	desk uuid not null,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	seat uuid not null,
	provision_id text check (provision_id ~ '^[a-z0-9]+$'),
	at timestamptz not null,
	primary key (draft_id, desk)
);
call compact_wall('adoption_presence');
