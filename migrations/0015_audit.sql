-- What was done, by whom, in a chain that shows a gap. Every room of every owner has a chain of its own, so that whoever may
-- read the room can check the whole of it, and nobody else sees how long it is. Entries are hashed in the order they came;
-- what is personal in them is hashed with a salt, so that it can be erased and the chain still holds.

-- The end of each chain, kept apart from its entries: a chain that was cut short is found.
create table audit_chain (
	-- stands in the first hash, and names the chain to people who may not know whose it is
	id uuid primary key,
	owner_city text,
	room room not null check (room in ('city', 'counsel', 'joint')),
	entries integer not null default 0,
	head text not null,
	unique nulls not distinct (owner_city, room),
	check (owner_city is not null or room = 'city')
);

create table audit_entry (
	chain_id uuid not null references audit_chain,
	position integer not null check (position > 0),
	owner_city text,
	room room not null,
	at timestamptz not null,
	action text not null,
	-- kind and id of what it was done to: never a name
	subject text not null,
	-- under which role and seat
	role text not null,
	seat text,
	-- name and salted hash of each personal field, in the order of their names
	seals text not null,
	hash text not null,
	primary key (chain_id, position)
);

-- The personal fields themselves, until their time is over.
create table audit_personal (
	chain_id uuid not null,
	position integer not null,
	field text not null,
	owner_city text,
	room room not null,
	value text,
	salt text,
	erased_at timestamptz,
	-- the retention schedule under which it was erased
	erased_under text,
	primary key (chain_id, position, field),
	foreign key (chain_id, position) references audit_entry,
	check ((value is null) = (erased_at is not null)),
	check ((value is null) = (salt is null)),
	check ((erased_at is null) = (erased_under is null))
);

-- Whose acts a room shows: a city's to that city, the coalition's to its stewards and to whoever is at the server's terminal.
create function audit_may_read(room text, owner_city text) returns boolean language sql stable
	return compact_may_read(room, owner_city) and (owner_city is not null or compact_role() in ('steward', 'operator'));

do $$
declare target text;
begin
	foreach target in array array['audit_chain', 'audit_entry', 'audit_personal'] loop
		execute format('alter table %I enable row level security', target);
		execute format('alter table %I force row level security', target);
		execute format('create policy maintenance on %I to current_user using (compact_maintains()) with check (compact_maintains())', target);
		execute format('create policy read on %I for select using (audit_may_read(room, owner_city))', target);
	end loop;
end $$;
create policy erase on audit_personal for update using (audit_may_read(room, owner_city) and compact_may_write(room, owner_city));

create trigger only_grows before update or delete or truncate on audit_entry execute function compact_refuse_change();
create trigger stays before delete or truncate on audit_personal execute function compact_refuse_change();
create trigger stays before delete or truncate on audit_chain execute function compact_refuse_change();

create function audit_refuse_but_erasing() returns trigger language plpgsql as $$
begin
	if old.value is null or new.value is not null
		or (new.chain_id, new.position, new.field, new.room) <> (old.chain_id, old.position, old.field, old.room)
		or new.owner_city is distinct from old.owner_city
	then
		raise exception 'a field of table % is erased or stays', tg_table_name using errcode = 'insufficient_privilege';
	end if;
	return new;
end $$;
create trigger only_erases before update on audit_personal for each row execute function audit_refuse_but_erasing();

-- Each part with its length before it, so that no two entries make the same text.
create function audit_part(said text) returns text language sql immutable
	return case when said is null then '-' else octet_length(convert_to(said, 'UTF8')) || ':' || said end;

-- The same as src/access/chain.ts computes; a test holds one to the other.
create function audit_hash(before text, entry audit_entry) returns text language sql stable
	return encode(sha256(convert_to(
		audit_part(before) || audit_part(entry.chain_id::text) || audit_part(entry.owner_city) || audit_part(entry.room)
		|| audit_part(entry.position::text)
		|| audit_part(to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
		|| audit_part(entry.action) || audit_part(entry.subject) || audit_part(entry.role) || audit_part(entry.seat)
		|| audit_part(entry.seals), 'UTF8')), 'hex');

-- The only way to add an entry. Past the walls, because a steward or a sign-in leaves a trace with a city that they may not
-- read; who may leave one where is decided first.
create function audit_append(new_owner text, new_room text, new_at timestamptz, new_action text, new_subject text,
	new_role text, new_seat text, new_seals text, personal jsonb)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
	acting text := compact_role();
	chain audit_chain;
	entry audit_entry;
begin
	if not coalesce(case new_room
		when 'city' then case when compact_city() is null then acting = 'access' or compact_is_coalition() else new_owner = compact_city() end
		when 'counsel' then new_owner = compact_city() and compact_in_counsel()
		when 'joint' then new_owner = any (compact_matters())
	end, false) then
		raise exception 'new entry violates row-level security policy for table "audit_entry"' using errcode = 'insufficient_privilege';
	end if;
	perform set_config('compact.role', 'maintenance', true);
	insert into audit_chain (id, owner_city, room, head)
		select id, new_owner, new_room, id::text from gen_random_uuid() as id
		on conflict do nothing;
	-- held to the end of the transaction: entries of one chain come one after the other
	select * into chain from audit_chain where owner_city is not distinct from new_owner and room = new_room for update;
	entry.chain_id := chain.id;
	entry.position := chain.entries + 1;
	entry.owner_city := new_owner;
	entry.room := new_room;
	entry.at := date_trunc('milliseconds', new_at);
	entry.action := new_action;
	entry.subject := new_subject;
	entry.role := new_role;
	entry.seat := new_seat;
	entry.seals := new_seals;
	entry.hash := audit_hash(chain.head, entry);
	insert into audit_entry select entry.*;
	insert into audit_personal (chain_id, position, field, owner_city, room, value, salt)
		select entry.chain_id, entry.position, p.field, new_owner, new_room, p.value, p.salt
		from jsonb_to_recordset(personal) as p (field text, value text, salt text);
	update audit_chain set entries = entry.position, head = entry.hash where id = chain.id;
	perform set_config('compact.role', acting, true);
end $$;
