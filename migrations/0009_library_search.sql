-- Search over provisions. Everything here is made from the library's texts and can be made anew: `library reindex`.
create extension if not exists pg_trgm;

-- Versions whose provisions can be found.
create table library_index (
	work_id uuid not null,
	expression_id uuid not null,
	-- short name of the version for rows that are read by the ten thousand
	slot integer not null unique,
	-- the newest of its policy in its language, official before unofficial
	current boolean not null,
	-- how words were cut; raised in the code when the same text would be cut otherwise
	cut integer not null,
	primary key (work_id, expression_id),
	foreign key (work_id, expression_id) references library_expression on delete cascade
);

-- Its provisions. The words stand outside the row, so that counting matches reads little.
create table library_index_provision (
	slot integer not null references library_index (slot) on delete cascade,
	position integer not null,
	current boolean not null,
	-- in words
	length integer not null,
	words tsvector not null,
	-- one character a word, in order: what ranking reads
	signs text not null,
	primary key (slot, position)
) with (toast_tuple_target = 128);
alter table library_index_provision alter column signs set storage external, alter column words set storage external;
create index library_index_provision_words on library_index_provision using gin (words) with (fastupdate = off)
	where current;
create index library_index_provision_former on library_index_provision using gin (words) with (fastupdate = off)
	where not current;

-- In how many provisions a stem stands: what is rare tells more.
create table library_lexeme (
	lexeme text primary key,
	provisions integer not null
);

-- Words as written, for whoever mistypes one.
create table library_word (
	word text not null,
	lexeme text not null,
	primary key (word, lexeme)
);
create index library_word_alike on library_word using gin (word gin_trgm_ops);

-- A version that goes takes its words out of the counts, whoever deletes it.
create function library_uncount() returns trigger language plpgsql as $$
begin
	-- the lock library.index of the code: whoever counts is alone
	perform pg_advisory_xact_lock(287007);
	update library_lexeme l set provisions = l.provisions - gone.count
	from (
		select lexeme, count(*)::integer as count
		from library_index_provision p cross join unnest(tsvector_to_array(p.words)) as lexeme
		where p.slot = old.slot group by lexeme order by lexeme
	) gone where l.lexeme = gone.lexeme;
	return old;
end $$;
create trigger uncount before delete on library_index for each row execute function library_uncount();
