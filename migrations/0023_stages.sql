-- The way of a draft to the vote. Private to its city, as the draft is.

-- What was said of a stage, one row each time: the last one holds. Nothing is overwritten.
create table adoption_stage (
	draft_id uuid not null references adoption_draft,
	-- one of ours, src/adoption/way/stage.ts, or an id that the city's own stage was given
	stage text not null check (stage ~ '^[a-z0-9_-]{1,40}$'),
	-- counts what was said in the draft, from 1
	nth integer not null,
	owner_city text not null,
	room room not null default 'city' check (room = 'city'),
	-- what the city calls it; null: our word
	name text,
	-- rises along the way
	position double precision not null,
	due date,
	done date,
	-- office or person that does it, as the city wrote it
	who text,
	note text,
	needed boolean not null,
	person text,
	at timestamptz not null,
	primary key (draft_id, nth)
);
call compact_wall('adoption_stage', true);

-- How a city counts its days: notice rules, days closed, meetings of the council. Each saving is a row; the last one holds for
-- all its drafts.
create table adoption_rule (
	owner_city text not null,
	nth integer not null,
	room room not null default 'city' check (room = 'city'),
	-- src/adoption/way/rule.ts, CityRules
	rules jsonb not null,
	closures jsonb not null,
	meetings jsonb,
	person text,
	at timestamptz not null,
	primary key (owner_city, nth)
);
call compact_wall('adoption_rule', true);
