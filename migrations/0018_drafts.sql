-- Texts that somebody looks at before they are kept: the file lies in blob, seen by the coalition's editors alone. Erased
-- when it is kept or dropped, and after two weeks.
create table library_draft (
	id uuid primary key,
	owner_city text check (owner_city is null),
	room room not null default 'city' check (room = 'city'),
	-- as it was sent, for show
	name text not null,
	blob_id uuid not null,
	-- what the form says, by field, as it was typed
	said jsonb not null,
	-- by place of the provision: level, kind, number and heading as a person has them
	corrections jsonb not null default '{}',
	made_by text not null,
	made_at timestamptz not null
);
create index library_draft_made on library_draft (made_at);
call compact_wall_for('library_draft', array['editor', 'steward', 'operator', 'system']);

-- a person corrected how it was read: reading the same file again does not undo that
alter table library_expression add column corrected boolean not null default false;
