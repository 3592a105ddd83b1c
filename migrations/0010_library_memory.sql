-- A search runs in the memory of the process. What stands here is what that memory is made of, and how it learns of changes.
drop trigger uncount on library_index;
drop function library_uncount();
drop table library_index_provision, library_lexeme, library_word, library_index;

-- Versions that can be found, with the places of their words. Can be made anew: `library reindex`.
create table library_index (
	work_id uuid not null,
	expression_id uuid not null,
	-- a number of its own for every time a version is indexed: who knows the number knows the words
	slot integer generated always as identity unique,
	-- the newest of its policy in its language, official before unofficial
	current boolean not null,
	-- how words were cut; raised in the code when the same text would be cut otherwise
	cut integer not null,
	-- src/library/search/pack.ts
	words bytea not null,
	primary key (work_id, expression_id),
	foreign key (work_id, expression_id) references library_expression on delete cascade
);

-- Words as written, and what each is found by as an English and as a Spanish word: lexemes with a space between, none for
-- words that every text has. Numbered under the lock library.index: whoever saw a number saw all before it.
create table library_word (
	position integer generated always as identity primary key,
	word text not null unique,
	en text not null,
	es text not null
);

-- Transactions that changed what a search may say. One that a snapshot did not see came after it.
create table library_change (
	xact xid8 primary key default pg_current_xact_id()
);
create function library_changed() returns trigger language plpgsql as $$
begin
	insert into library_change default values on conflict do nothing;
	return null;
end $$;
create trigger library_changed after insert or update or delete on library_index
	for each statement execute function library_changed();
create trigger library_changed after insert or update or delete on library_work
	for each statement execute function library_changed();
create trigger library_changed after insert or update or delete on library_expression
	for each statement execute function library_changed();
create trigger library_changed after insert or update or delete on library_fact
	for each statement execute function library_changed();
create trigger library_changed after insert or update or delete on library_coding
	for each statement execute function library_changed();
create trigger library_changed after insert or update or delete on place
	for each statement execute function library_changed();
