-- Adoption: what a city makes of a model or of another city's words. All of it is private to its city: no other reads a title,
-- a count or a row. Nothing is overwritten: every edit adds rows under the next number, and every number is a version.
create table adoption_draft (
	id uuid primary key,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	title text not null,
	instrument text not null check (instrument in ('ordinance', 'code_chapter', 'resolution', 'executive_order', 'police_directive',
		'statute', 'model', 'toolkit', 'letter')),
	language text not null check (language in ('en', 'es')),
	sample boolean not null default false,
	-- number of the last edit; the row is locked while one is made
	seq integer not null default 0,
	begun_at timestamptz not null,
	begun_by uuid,
	-- the policy that it became, once it was adopted
	became_work_id uuid,
	closed_at timestamptz
);
create index adoption_draft_city on adoption_draft (owner_city);
call compact_wall('adoption_draft');

-- Texts it was copied from, and which version of each from an edit on: that moves on when the city has decided on a newer one.
create table adoption_source (
	draft_id uuid not null references adoption_draft,
	nth integer not null,
	seq integer not null,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	work_id uuid not null,
	expression_id uuid not null,
	whole boolean not null,
	at timestamptz not null,
	primary key (draft_id, nth, seq)
);
create index adoption_source_work on adoption_source (work_id);
call compact_wall('adoption_source', true);

-- One row an edit.
create table adoption_edit (
	draft_id uuid not null references adoption_draft,
	seq integer not null,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	act text not null check (act in ('copied', 'answered', 'worded', 'added', 'removed', 'split', 'joined', 'moved', 'renumbered',
		'taken_over', 'kept', 'suggestion_taken', 'restored')),
	-- provision it was about, where it was about one
	provision_id text check (provision_id ~ '^[a-z0-9]+$'),
	-- of one that brought an earlier state back: the edit after which it read so
	restored integer,
	-- [[id, depth], …] of every provision in order, where the order or the depth of one changed; null: as before
	outline jsonb,
	person uuid,
	at timestamptz not null,
	primary key (draft_id, seq)
);
call compact_wall('adoption_edit', true);

-- How a provision reads from an edit on.
create table adoption_wording (
	draft_id uuid not null,
	provision_id text not null check (provision_id ~ '^[a-z0-9]+$'),
	seq integer not null,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	kind text not null check (kind in ('preface', 'recital', 'formula', 'title', 'chapter', 'article', 'part', 'section', 'subsection', 'paragraph', 'subparagraph',
		'clause', 'item', 'definition', 'quoted', 'wrapup', 'text', 'table', 'conclusion')),
	number text,
	heading text,
	text text not null,
	source integer,
	source_e_id text check (source_e_id ~ '^[A-Za-z0-9_.-]+$'),
	primary key (draft_id, provision_id, seq),
	foreign key (draft_id, seq) references adoption_edit
);
call compact_wall('adoption_wording', true);

-- What the city put into a blank from an edit on; empty: the blank is open again.
create table adoption_answer (
	draft_id uuid not null,
	blank text not null check (blank ~ '^[a-z0-9_]+$'),
	seq integer not null,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	answer text not null,
	primary key (draft_id, blank, seq),
	foreign key (draft_id, seq) references adoption_edit
);
create index adoption_answer_city on adoption_answer (owner_city, blank);
call compact_wall('adoption_answer', true);
