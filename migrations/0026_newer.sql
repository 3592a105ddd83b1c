-- What a city decided on each change of a newer version of what it copied, and who did. Once all of a version are decided the
-- source moves on to it. A decision counts no more once a state from before it was brought back.
create table adoption_decision (
	draft_id uuid not null references adoption_draft,
	source integer not null,
	-- the newer version
	expression_id uuid not null,
	-- e_id of the provision in the version copied; of one that came newly, `+` and its e_id in the newer
	-- the last edit when it was made
	seq integer not null,
	change text not null check (change ~ '^[A-Za-z0-9_.+-]+$'),
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	decision text not null check (decision in ('take', 'keep', 'edit')),
	-- provision of the draft that it was about, where there is one
	provision_id text check (provision_id ~ '^[a-z0-9]+$'),
	person uuid,
	at timestamptz not null,
	primary key (draft_id, source, expression_id, change, seq)
);
call compact_wall('adoption_decision', true);
