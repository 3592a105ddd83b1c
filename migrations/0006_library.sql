-- The library: policies as versioned provisions. What stands here is public; private texts get tables of their own, behind
-- walls. The bytes of a source are in blob, in the room of whoever brought them, until somebody publishes them.

-- A policy, whatever versions it has.
create table library_work (
	id uuid primary key,
	-- its path below /library: coalition/detainers, ny/place/new-york/local-law-58-of-2014
	address text not null unique check (address ~ '^[a-z0-9-]+(/[a-z0-9-]+){1,3}$'),
	-- OCD id; null: the coalition's own
	place_id text references place deferrable initially deferred,
	state_code text,
	instrument text not null check (instrument in ('ordinance', 'code_chapter', 'resolution', 'executive_order',
		'police_directive', 'statute', 'model', 'toolkit', 'letter')),
	-- as its body counts: Local Law 58 of 2014, Chapter 9.40; null where it has none
	number text,
	title text not null,
	-- language it was enacted in
	language text not null check (language in ('en', 'es')),
	-- a model says what it drafts (an ordinance, a directive), and which blanks it has
	form text,
	blanks jsonb not null default '[]',
	-- plain-language summaries by language
	summary jsonb not null default '{}',
	-- drafted for states that restrict local limits: says so before anything else
	ask_counsel boolean not null default false,
	sample boolean not null default false,
	-- invented policies go with the invented places
	sample_place_id text generated always as (case when sample then place_id end) stored
		references place on delete cascade,
	owner_city text,
	room room not null default 'public' check (room = 'public'),
	added_at timestamptz not null,
	added_by text not null,
	-- one that should never have come in: its page stays and says why
	withdrawn_at timestamptz,
	withdrawn_by text,
	withdrawn_reason text,
	check ((place_id is null) = (state_code is null)),
	check ((withdrawn_at is null) = (withdrawn_reason is null))
);
create index library_work_place on library_work (place_id);
create index library_work_state on library_work (state_code);

-- A version of a policy: its text at a day, in a language.
create table library_expression (
	work_id uuid not null references library_work on delete cascade,
	id uuid not null,
	day date not null,
	-- several of one day are counted
	nth integer not null default 1 check (nth >= 1),
	language text not null check (language in ('en', 'es')),
	-- false for translations, which are labelled unofficial
	official boolean not null default true,
	title text not null,
	-- canonical text; provisions point into it
	text text not null,
	amendments jsonb not null default '[]',
	problems jsonb not null default '[]',
	-- how the file marks additions and deletions: name of a style profile
	profile text,
	format text not null,
	-- version of the reading: raised when the same bytes would be read otherwise
	reader integer not null,
	-- SHA-256 of text and tree: importing the same again changes nothing
	digest text not null,
	source_name text,
	source_sha256 text,
	source_address text,
	source_retrieved date,
	blob_id uuid,
	-- when somebody published the bytes, having seen what is inside
	published_at timestamptz,
	published_by text,
	-- who may read the bytes until then
	owner_city text,
	room room not null default 'public' check (room = 'public'),
	added_at timestamptz not null,
	added_by text not null,
	primary key (work_id, id),
	unique (work_id, day, nth, language)
);
-- whether a file is known, before it is read
create index library_expression_source on library_expression (source_sha256);

-- Keys begin with the work, so that a distributed database can keep a policy in one place.
create table library_provision (
	work_id uuid not null,
	expression_id uuid not null,
	-- order in the text, from 0
	position integer not null,
	e_id text not null,
	parent integer,
	kind text not null,
	number text,
	heading text,
	text text not null,
	start_at integer not null,
	end_at integer not null,
	state text not null check (state in ('same', 'added', 'changed', 'removed')),
	-- {number, heading, text} before an amending act; null where nothing changed
	before jsonb,
	redline jsonb,
	primary key (work_id, expression_id, position),
	unique (work_id, expression_id, e_id),
	foreign key (work_id, expression_id) references library_expression on delete cascade
);

-- What became of a policy, by day and source. Only added to; a fact that was wrong is withdrawn with a reason.
create table library_fact (
	work_id uuid not null references library_work on delete cascade,
	id uuid not null,
	kind text not null check (kind in ('introduced', 'adopted', 'in_force', 'amended', 'enjoined', 'injunction_lifted',
		'repealed', 'superseded')),
	day date not null,
	source text not null,
	source_address text,
	note text,
	author text not null,
	at timestamptz not null,
	withdrawn_at timestamptz,
	withdrawn_by text,
	withdrawn_reason text,
	primary key (work_id, id),
	check ((withdrawn_at is null) = (withdrawn_reason is null))
);

-- How one policy stands to another, documented.
create table library_relation (
	work_id uuid not null references library_work on delete cascade,
	id uuid not null,
	kind text not null check (kind in ('amends', 'repeals', 'implements', 'translates', 'modelled_on')),
	-- the other policy where it is on the shelf, else its name
	other_id uuid references library_work on delete set null,
	other text not null,
	source text not null,
	source_address text,
	author text not null,
	at timestamptz not null,
	withdrawn_at timestamptz,
	withdrawn_by text,
	withdrawn_reason text,
	primary key (work_id, id),
	check ((withdrawn_at is null) = (withdrawn_reason is null))
);
create index library_relation_other on library_relation (other_id);

-- Addresses that led somewhere before.
create table library_work_alias (
	former_address text primary key,
	work_id uuid not null references library_work on delete cascade,
	at timestamptz not null
);

create table library_provision_alias (
	work_id uuid not null,
	expression_id uuid not null,
	former_e_id text not null,
	e_id text not null,
	at timestamptz not null,
	primary key (work_id, expression_id, former_e_id),
	foreign key (work_id, expression_id) references library_expression on delete cascade
);

-- Notes for whoever drafts from a model, beside its clauses.
create table library_note (
	work_id uuid not null references library_work on delete cascade,
	position integer not null,
	e_id text not null,
	en text not null,
	es text not null,
	primary key (work_id, position)
);

-- What editors noted about the law behind a clause. Theirs alone until a named attorney signed it.
create table library_law_note (
	work_id uuid not null references library_work on delete cascade,
	position integer not null,
	e_id text not null,
	text text not null,
	citations jsonb not null default '[]',
	status text not null default 'unreviewed' check (status in ('unreviewed', 'reviewed')),
	owner_city text,
	room room not null default 'city',
	at timestamptz not null,
	primary key (work_id, position)
);
call compact_wall('library_law_note');

-- Which texts that come along were put on the shelf, by their content.
create table library_seed (
	-- folder below seeds/library
	name text primary key,
	digest text not null,
	work_id uuid not null references library_work on delete cascade,
	at timestamptz not null
);
