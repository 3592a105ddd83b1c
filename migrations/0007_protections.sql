-- Protections: which words of a provision give or deny what, by a code of the taxonomy. A person codes, a second confirms;
-- only what is confirmed is counted. Only added to; one that was wrong is withdrawn with a reason.
create table library_coding (
	work_id uuid not null references library_work on delete cascade,
	expression_id uuid not null,
	id uuid not null,
	e_id text not null,
	-- stretch of the canonical text, [start, end), in UTF-16 units as provisions count
	start_at integer not null check (start_at >= 0),
	end_at integer not null check (end_at > start_at),
	-- exactly what stands there
	words text not null check (words <> ''),
	code text not null,
	-- version of the taxonomy that the code is of
	taxonomy text not null,
	polarity text not null check (polarity in ('gives', 'denies')),
	strength text not null check (strength in ('absolute', 'carve_out', 'subject_to_law')),
	note text,
	author text not null,
	at timestamptz not null,
	confirmed_by text,
	confirmed_at timestamptz,
	withdrawn_by text,
	withdrawn_at timestamptz,
	withdrawn_reason text,
	primary key (work_id, id),
	foreign key (work_id, expression_id) references library_expression on delete cascade,
	check ((confirmed_at is null) = (confirmed_by is null)),
	check (lower(confirmed_by) <> lower(author)),
	check ((withdrawn_at is null) = (withdrawn_reason is null)),
	check ((withdrawn_at is null) = (withdrawn_by is null))
);
-- the same words are coded the same way once
create unique index library_coding_once on library_coding (work_id, expression_id, e_id, code, polarity, start_at, end_at)
	where withdrawn_at is null;
create index library_coding_counted on library_coding (code, work_id)
	where confirmed_at is not null and withdrawn_at is null;
