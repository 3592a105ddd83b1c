-- What counsel sends back for a draft: Word files, and what each suggests. Private to the city, as the draft is.

-- Files that came back. The bytes lie in blob.
create table adoption_upload (
	draft_id uuid not null references adoption_draft on delete cascade,
	id uuid primary key,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	-- as it was sent, for show
	name text not null,
	blob_id uuid not null,
	-- number of the edit that it is a file of: its words were laid beside those
	seq integer not null,
	-- what has no place in the draft, and what was odd
	unplaced jsonb not null,
	problems jsonb not null,
	person uuid,
	at timestamptz not null,
	unique (draft_id, blob_id)
);
call compact_wall('adoption_upload');

-- What a file suggests, one row each. Places move along when another one is taken.
create table adoption_suggestion (
	upload_id uuid not null references adoption_upload on delete cascade,
	-- rises in the order of the file, from 1
	nth integer not null,
	draft_id uuid not null references adoption_draft on delete cascade,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	kind text not null check (kind in ('words', 'added', 'removed', 'moved', 'comment')),
	provision_id text check (provision_id ~ '^[a-z0-9]+$'),
	behind_id text check (behind_id ~ '^[a-z0-9]+$'),
	part text check (part in ('number', 'heading', 'text')),
	starts integer not null,
	basis text not null,
	before text not null,
	after text not null,
	author text,
	day date,
	tracked boolean not null,
	state text not null default 'open' check (state in ('open', 'taken', 'refused')),
	decided_by uuid,
	decided_at timestamptz,
	check ((state = 'open') = (decided_at is null)),
	primary key (upload_id, nth)
);
create index adoption_suggestion_draft on adoption_suggestion (draft_id);
call compact_wall('adoption_suggestion');
