-- Reuse: which provisions of which versions say the same in the same words. All of it can be made anew from the texts:
-- `concordance rebuild`. Every row is born with its owner and room, and lies behind the wall: what a city drafts is compared
-- by the city itself, and counted for nobody else.

-- Versions that were compared. One that is read again, or that an older algorithm compared, is compared anew.
create table reuse_text (
	work_id uuid not null,
	expression_id uuid not null,
	-- what fingerprints call it
	slot integer generated always as identity unique,
	-- of library_expression, when it was compared
	digest text not null,
	-- how terms are cut, weighed and chosen: fingerprints of two algorithms have nothing in common
	algorithm text not null,
	terms integer not null,
	-- neighbours that a limit left out
	left_out integer not null default 0,
	owner_city text,
	room room not null default 'public',
	compared_at timestamptz not null,
	primary key (work_id, expression_id),
	foreign key (work_id, expression_id) references library_expression on delete cascade
);
call compact_wall('reuse_text');

-- Chosen rows of terms, by their hash: texts that share one may share a passage. Partitioned by the hash, so that a
-- distributed database spreads them by the same and joins them where they lie (docs/decisions/0012).
create table reuse_fingerprint (
	hash integer not null,
	slot integer not null references reuse_text (slot) on delete cascade,
	-- index of its first term in the text
	at integer not null,
	owner_city text,
	room room not null default 'public',
	primary key (hash, slot, at)
) partition by hash (hash);
create index reuse_fingerprint_slot on reuse_fingerprint (slot);
call compact_wall('reuse_fingerprint');
do $$
begin
	for n in 0..15 loop
		execute format('create table reuse_fingerprint_%s partition of reuse_fingerprint for values with (modulus 16, remainder %s)', n, n);
		execute format('call compact_wall(%L)', 'reuse_fingerprint_' || n);
	end loop;
end $$;

-- For a provision of one version the provision of another that has most of its words: one row each way, so that what is
-- known of a policy lies with it. An empty e_id is the whole text.
create table reuse_link (
	work_id uuid not null,
	expression_id uuid not null,
	e_id text not null,
	other_work_id uuid not null,
	other_expression_id uuid not null,
	other_e_id text not null,
	-- terms that stand in both, in order; terms of each
	same integer not null check (same > 0),
	terms integer not null check (terms >= same),
	other_terms integer not null check (other_terms >= same),
	owner_city text,
	room room not null default 'public',
	primary key (work_id, expression_id, e_id, other_work_id, other_expression_id),
	foreign key (work_id, expression_id) references reuse_text on delete cascade,
	foreign key (other_work_id, other_expression_id) references reuse_text on delete cascade
);
create index reuse_link_other on reuse_link (other_work_id, other_expression_id);
call compact_wall('reuse_link');
