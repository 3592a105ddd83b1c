-- The watch: published lists and the ledger derived from them. All of it is public ledger data of the coalition
-- (no owner city), so none of these tables carries a policy; the original bytes, which hold mailbox names inside mail
-- wrappers, are in blob and do.

-- One file that was offered, by its content. A refused or quarantined file stays here with its reason.
create table watch_list (
	sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
	-- null where the file could not be read as either list
	kind text check (kind in ('participating', 'pending')),
	modified timestamptz,
	standing text not null check (standing in ('read', 'refused')),
	-- code and sentence of a refusal
	refusal text,
	refusal_detail text,
	row_count integer not null default 0,
	-- rows as read, gzip of JSON; read again when the reader's version is newer
	reading bytea,
	reader integer not null,
	-- the original; null for sample lists, which have no file
	blob_id uuid,
	sample boolean not null default false,
	added_at timestamptz not null,
	check ((standing = 'read') = (kind is not null and modified is not null and reading is not null))
);
create index watch_list_order on watch_list (modified, sha256) where standing = 'read';

-- A name under which a file was seen, and when it was first imported under it.
create table watch_sighting (
	sha256 text not null references watch_list on delete cascade,
	name text not null,
	source text not null,
	seen_at timestamptz not null,
	primary key (sha256, name, source)
);

create table watch_problem (
	sha256 text not null references watch_list on delete cascade,
	position integer not null,
	code text not null,
	row integer,
	"column" text,
	detail text not null,
	primary key (sha256, position)
);

-- A person's word over the reading, with a reason; replayed at every rebuild, reversible by withdrawing it.
create table watch_overrule (
	id uuid primary key,
	kind text not null,
	subject jsonb not null,
	reason text not null,
	author text not null,
	made_at timestamptz not null,
	withdrawn_at timestamptz
);

-- Derived from here on: replaced by difference at every rebuild; digest tells whether a row differs without reading it.
create table watch_agency (
	id text primary key,
	digest text not null,
	state text not null,
	state_code text not null,
	name text not null,
	names text[] not null,
	kind text not null,
	type text,
	county text
);

create table watch_agreement (
	id text primary key,
	digest text not null,
	agency_id text not null,
	model text not null check (model in ('TFM', 'JEM', 'WSO')),
	signed date,
	first_listed timestamptz not null,
	last_listed timestamptz not null,
	standing text not null,
	moa text,
	addendum text,
	-- the row on the latest list that holds it
	sha256 text not null,
	row integer not null
);
create index watch_agreement_agency on watch_agreement (agency_id);

create table watch_application (
	id text primary key,
	digest text not null,
	agency_id text not null,
	model text not null check (model in ('TFM', 'JEM', 'WSO')),
	first_listed timestamptz not null,
	last_listed timestamptz not null,
	standing text not null,
	agreement_id text,
	sha256 text not null,
	row integer not null
);
create index watch_application_agency on watch_application (agency_id);

-- An event that the ledger no longer yields stays, withdrawn, with the day, the cause and what came in its place.
create table watch_event (
	id text primary key,
	digest text not null,
	kind text not null,
	at timestamptz not null,
	-- order among the events of one instant
	place integer not null,
	list text not null,
	state text not null,
	state_code text not null,
	agency_id text not null,
	agency text not null,
	agency_before text,
	agreement_id text,
	model text not null,
	model_before text,
	signed date,
	signed_before date,
	-- json, not jsonb: the cells of a row keep the order of its columns
	evidence json not null,
	confidence text not null,
	baseline boolean not null,
	statement_en text not null,
	statement_es text not null,
	withdrawn_at timestamptz,
	withdrawn_cause text check (withdrawn_cause in ('rules', 'overrule', 'lists')),
	replaced_by text
);
create index watch_event_latest on watch_event (at, place, id);
create index watch_event_agency on watch_event (agency_id);

-- Ids that agencies, agreements and applications had before older files, an overrule or a merge changed their earliest row.
create table watch_alias (
	former_id text primary key,
	id text not null
);

-- One accepted list in numbers, duplicates left out.
create table watch_figure (
	id text primary key references watch_list (sha256) on delete cascade,
	digest text not null,
	kind text not null,
	modified timestamptz not null,
	rows integer not null,
	agreements integer not null,
	duplicate_rows integer not null,
	tfm integer not null,
	jem integer not null,
	wso integer not null,
	agencies integer not null,
	states integer not null
);

-- A list that takes no part until a person releases it: more vanished on it than is plausible.
create table watch_quarantine (
	id text primary key references watch_list (sha256) on delete cascade,
	digest text not null,
	kind text not null,
	unexplained integer not null,
	"of" integer not null
);

create table watch_review (
	id text primary key,
	digest text not null,
	reason text not null,
	state text not null,
	agency_ids text[] not null,
	sha256 text not null,
	rows integer[] not null
);

-- One row: the rules, lists and overrules that the derived tables were made from, and when.
create table watch_ledger (
	"only" boolean primary key default true check ("only"),
	rules integer not null,
	lists text not null,
	overrules text not null,
	made_at timestamptz not null
);
