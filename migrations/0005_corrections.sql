-- Published sentences that no longer stand as they stood, and errors that readers reported.

-- Only grows. Public: the old sentence, the new one, and why.
create table watch_correction (
	id uuid primary key,
	at timestamptz not null,
	event_id text not null,
	-- the event that stands in its place; its own id where only the sentence changed; null where none does
	replaced_by text,
	before_en text not null,
	before_es text not null,
	after_en text,
	after_es text,
	cause text not null check (cause in ('rules', 'overrule', 'lists')),
	-- the reasons given with the overrules that are new since the rebuild before, as their authors wrote them; null where there are none
	reason text,
	-- the same of overrules that were taken back since
	taken_back text
);
create index watch_correction_latest on watch_correction (at desc, id);

-- A reader says that a record is wrong. Private: it may name the writer. Only the coalition's own people read it.
create table watch_report (
	id uuid primary key,
	owner_city text,
	room room not null default 'city',
	-- address path of the record, ours
	about text not null check (char_length(about) <= 300),
	message text not null check (char_length(message) <= 4000),
	contact text check (char_length(contact) <= 200),
	at timestamptz not null,
	closed_at timestamptz,
	closed_reason text
);
create index watch_report_open on watch_report (at) where closed_at is null;
call compact_wall('watch_report');
