-- The walls. A table that can hold private content has the columns owner_city (null: the coalition) and room, and is put
-- behind its wall by `call compact_wall('name')` in the migration that makes it. Every session acts for somebody: the
-- settings compact.city and compact.role, set for one transaction at a time, say for whom.

create domain room as text check (value in ('public', 'members', 'city', 'counsel', 'joint'));

create function compact_city() returns text language sql stable
	return nullif(current_setting('compact.city', true), '');

create function compact_role() returns text language sql stable
	return coalesce(current_setting('compact.role', true), '');

-- The system's jobs and the person at the server's terminal act for the coalition, never for a city.
create function compact_is_coalition() returns boolean language sql stable
	return compact_city() is null and compact_role() in ('operator', 'system');

-- What a city keeps to itself only that city reads. Counsel and joint matters stay closed to everybody until there are
-- attorneys to open them to; then this function changes and every wall with it.
create function compact_may_read(room text, owner_city text) returns boolean language sql stable
	return case
		when room = 'public' then true
		when room = 'members' then compact_city() is not null or compact_is_coalition()
		when owner_city is null then compact_is_coalition()
		when room = 'city' then owner_city = compact_city()
		else false
	end;

create function compact_may_write(room text, owner_city text) returns boolean language sql stable
	return compact_may_read(room, owner_city) and case
		when owner_city is null then compact_is_coalition()
		else owner_city = compact_city()
	end;

-- Migrations, backup and restore run as the owner of the tables and say so; the app's role cannot say so.
create function compact_maintains() returns boolean language sql stable
	return compact_role() = 'maintenance';

create function compact_refuse_change() returns trigger language plpgsql as $$
begin
	raise exception 'table % only grows', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create procedure compact_wall(target regclass, append_only boolean default false) language plpgsql as $$
begin
	execute format('alter table %s enable row level security', target);
	execute format('alter table %s force row level security', target);
	execute format('create policy maintenance on %s to current_user using (compact_maintains()) with check (compact_maintains())', target);
	execute format('create policy read on %s for select using (compact_may_read(room, owner_city))', target);
	execute format('create policy add on %s for insert with check (compact_may_write(room, owner_city))', target);
	if append_only then
		execute format('create trigger only_grows before update or delete or truncate on %s execute function compact_refuse_change()', target);
	else
		execute format('create policy change on %s for update using (compact_may_write(room, owner_city)) with check (compact_may_write(room, owner_city))', target);
		execute format('create policy remove on %s for delete using (compact_may_write(room, owner_city))', target);
	end if;
end $$;
revoke execute on procedure compact_wall from public;

-- Bytes. The same file in two rooms is two rows: one row would have to lie in the wider room of the two.
create table blob (
	id uuid primary key default gen_random_uuid(),
	owner_city text,
	room room not null,
	sha256 text not null,
	bytes bytea not null,
	media_type text not null,
	size integer not null,
	created_at timestamptz not null,
	unique nulls not distinct (owner_city, room, sha256),
	check (size = octet_length(bytes) and size <= 50 * 1024 * 1024),
	check (sha256 = encode(sha256(bytes), 'hex'))
);
-- documents and spreadsheets are compressed already
alter table blob alter column bytes set storage external;
call compact_wall('blob');

-- What happened, for whoever has to be told. Entries point at their subject and repeat nothing of it.
create table journal (
	position bigint generated always as identity primary key,
	at timestamptz not null,
	owner_city text,
	room room not null,
	noun text not null,
	kind text not null,
	subject text not null,
	-- about the past: recorded, but nobody is written to
	historic boolean not null default false,
	-- the transaction that wrote it: positions are handed out before a transaction ends, so a reader waits for older ones
	written_in xid8 not null default pg_current_xact_id()
);
call compact_wall('journal', append_only => true);
