-- How common each term is on this shelf, in public texts alone: what passages are weighed by. Made anew whenever the shelf has
-- doubled; small shelves use the table that comes along.
create table reuse_background (
	-- made of the first 2^level public texts
	level integer primary key,
	-- src/concordance/background-bytes.ts
	bytes bytea not null,
	made_at timestamptz not null
);

-- The keys of the terms of a compared version, four bytes each, so that most neighbours are told apart without cutting their texts anew.
truncate reuse_text cascade;
alter table reuse_text add column keys bytea not null;
