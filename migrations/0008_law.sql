-- What the law of a state says about local limits, in sentences that a named attorney checked. Drafts are the editors': a
-- record leaves its room when it is reviewed, and stays readable with the reason when it is withdrawn after that.
create table law_record (
	id uuid primary key,
	-- postal code of a state, or US
	jurisdiction text not null check (jurisdiction ~ '^[A-Z]{2}$'),
	statement_en text not null check (statement_en <> ''),
	statement_es text check (statement_es <> ''),
	citation text not null check (citation <> ''),
	-- of the primary text
	address text check (address ~ '^https?://'),
	-- the day the law was looked at, and the day it has to be looked at again
	as_of date not null,
	review_due date not null check (review_due > as_of),
	-- for editors alone
	note text,
	-- name of the draft in the file it came from, so that taking a file in again changes nothing
	draft_key text unique,
	owner_city text,
	room room not null default 'city',
	added_by text not null,
	added_at timestamptz not null,
	-- the attorney by name
	reviewed_by text,
	reviewed_at timestamptz,
	withdrawn_by text,
	withdrawn_at timestamptz,
	withdrawn_reason text,
	check ((reviewed_at is null) = (reviewed_by is null)),
	check ((withdrawn_at is null) = (withdrawn_reason is null)),
	check ((withdrawn_at is null) = (withdrawn_by is null)),
	check (room in ('public', 'city') and (room = 'public') = (reviewed_at is not null)),
	check (reviewed_at is null or address is not null)
);
create index law_record_jurisdiction on law_record (jurisdiction);
call compact_wall('law_record');
