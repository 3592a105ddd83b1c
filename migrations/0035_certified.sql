-- Certified copies of what a city adopted: the files as the clerk has them. Their words are not read. What is public of them stands
-- in library_paper; a wrong one is withdrawn with a reason, and never vanishes.
create table adoption_certified (
	draft_id uuid not null references adoption_draft,
	nth integer not null,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	-- as it was sent, for show
	name text not null,
	blob_id uuid not null,
	sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
	size integer not null,
	kind text not null check (kind in ('pdf', 'docx', 'png', 'jpeg', 'tiff')),
	person uuid,
	at timestamptz not null,
	primary key (draft_id, nth),
	unique (draft_id, blob_id)
);
call compact_wall('adoption_certified', true);

-- That one was made public, or withdrawn and why.
create table adoption_certified_act (
	draft_id uuid not null,
	nth integer not null,
	act text not null check (act in ('published', 'withdrawn')),
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	reason text,
	person uuid,
	at timestamptz not null,
	primary key (draft_id, nth, act),
	foreign key (draft_id, nth) references adoption_certified,
	check ((act = 'withdrawn') = (reason is not null))
);
call compact_wall('adoption_certified_act', true);

-- Files that a city put beside its policy for everybody. One that was withdrawn stays named with the reason, without its bytes.
create table library_paper (
	work_id uuid not null references library_work on delete cascade,
	nth integer not null,
	kind text not null check (kind in ('pdf', 'docx', 'png', 'jpeg', 'tiff')),
	blob_id uuid,
	sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
	size integer not null,
	author text not null,
	at timestamptz not null,
	withdrawn_at timestamptz,
	withdrawn_reason text,
	primary key (work_id, nth),
	unique (work_id, sha256),
	check ((withdrawn_at is null) = (withdrawn_reason is null)),
	check ((withdrawn_at is null) = (blob_id is not null))
);
