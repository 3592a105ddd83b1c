-- Places: states, counties, cities and county subdivisions, from the atlas that comes along and from Census gazetteers
-- that somebody imported. Public, like the watch; whoever imports adds to them, nothing of a city's own is in them.

create table place (
	-- OCD id: ocd-division/country:us/state:tx/county:walker
	id text primary key,
	kind text not null check (kind in ('state', 'county', 'city', 'subdivision')),
	-- as people write it: Texas, Walker County, Huntsville, Abington township
	name text not null,
	-- lower case without marks, abbreviations written out: what a search compares
	folded text not null,
	-- USPS code
	state_code text not null,
	-- Census: 2 digits of a state, 5 of a county, 7 of a place, 10 of a subdivision
	geoid text unique,
	-- last piece of its address, unique among its kind in its state
	slug text not null,
	-- a county that is none any more (Connecticut's eight), for sources that still name it
	legacy boolean not null default false,
	latitude double precision,
	longitude double precision,
	-- package or file it comes from
	source text not null,
	-- functional status by the Census Bureau: A, B, C a government of its own; F, G, I, N, S none; null where not known
	status text,
	sample boolean not null default false
);
create index place_state on place (state_code, kind);
-- /watch/place/tx/walker-county; /watch/place/tx/place/huntsville
create unique index place_address on place (state_code, (kind = 'state'), (kind = 'county'), slug);
-- names that begin as somebody typed
create index place_folded on place (folded text_pattern_ops);

-- Which counties a city or subdivision lies in; many to many. A legacy county and the regions that took its place are linked too.
create table place_county (
	place_id text not null references place on delete cascade,
	county_id text not null references place on delete cascade,
	primary key (place_id, county_id)
);
create index place_county_county on place_county (county_id);

-- Counties (and states) that share a border; both directions are stored.
create table place_neighbour (
	place_id text not null references place on delete cascade,
	neighbour_id text not null references place on delete cascade,
	primary key (place_id, neighbour_id)
);
create index place_neighbour_other on place_neighbour (neighbour_id);

-- What was read into the tables above, by package or file.
create table place_source (
	name text primary key,
	-- version of a package, SHA-256 of a file
	version text not null,
	vintage text,
	rows integer not null,
	added_at timestamptz not null
);

-- Derived, one row for each agency: the area it serves as far as its own row says.
create table watch_area (
	-- id of the agency
	id text primary key,
	digest text not null,
	state_code text not null,
	-- what its area is: its own place, a county, a state; null where its row does not say
	level text check (level in ('state', 'county', 'city')),
	-- the place of that level; null where none could be assigned
	place_id text,
	-- counties that place lies in (itself, for a county), or the county its row names where its own place was not found
	county_ids text[] not null,
	-- general: serves its whole area; jail: works only inside its jail; statewide and special: limits not assessed
	body text not null check (body in ('general', 'jail', 'statewide', 'special')),
	-- the rule that decided: county_cell, agency_name, state_agency, place_name, subdivision, overrule, none
	basis text not null,
	-- true where the spelling was one letter off and a second witness agreed
	near boolean not null
);
create index watch_area_state on watch_area (state_code);
create index watch_area_place on watch_area (place_id);
create index watch_area_counties on watch_area using gin (county_ids);

-- Derived: one accepted list in one state, in numbers.
create table watch_state_figure (
	-- sha256 and state code, joined by a colon
	id text primary key,
	digest text not null,
	sha256 text not null references watch_list on delete cascade,
	kind text not null,
	modified timestamptz not null,
	state_code text not null,
	agreements integer not null,
	tfm integer not null,
	jem integer not null,
	wso integer not null,
	agencies integer not null
);
create index watch_state_figure_state on watch_state_figure (state_code, modified);

-- The places that the areas were made with: areas are made again when these change.
alter table watch_ledger add column places text not null default '';
