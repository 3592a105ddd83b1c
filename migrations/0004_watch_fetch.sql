-- The daily fetch: what each look at the publisher's page found. Public: readers see when the lists were last looked at.

create table watch_fetch (
	id uuid primary key,
	began_at timestamptz not null,
	ended_at timestamptz not null,
	-- unchanged: nothing new there; read: lists came in; failed: see code
	outcome text not null check (outcome in ('unchanged', 'read', 'failed')),
	-- closed list of src/watch/fetch
	code text,
	-- numbers and host names for the sentence, never text of the other server
	detail jsonb not null default '{}',
	-- lists that came in
	lists integer not null default 0,
	check ((outcome = 'failed') = (code is not null))
);
create index watch_fetch_latest on watch_fetch (began_at desc);

-- What the other server said of each address we asked, for conditional requests.
create table watch_validator (
	address text primary key,
	etag text,
	last_modified text,
	sha256 text not null,
	seen_at timestamptz not null
);
