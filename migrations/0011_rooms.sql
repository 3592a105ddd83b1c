-- The five rooms, now that there are people: who reads and who writes in which. A session says besides city and role whether
-- it may enter the counsel room of its city, and which joint matters it is of. The owner of a row of a joint matter is the
-- matter: `matter:` and its id.

create function compact_in_counsel() returns boolean language sql stable
	return coalesce(current_setting('compact.counsel', true), '') = 'yes';

create function compact_matters() returns text[] language sql stable
	return string_to_array(coalesce(current_setting('compact.matters', true), ''), ' ');

-- The system's jobs, the person at the server's terminal, and stewards and editors act for the coalition, never for a city.
create or replace function compact_is_coalition() returns boolean language sql stable
	return compact_city() is null and compact_role() in ('operator', 'system', 'steward', 'editor');

-- Whoever holds a seat at the table of the members.
create function compact_is_seated() returns boolean language sql stable
	return compact_is_coalition() or (compact_city() is not null and compact_role() in ('member', 'counsel', 'observer'));

create or replace function compact_may_read(room text, owner_city text) returns boolean language sql stable
	return case room
		when 'public' then true
		when 'members' then compact_is_seated()
		when 'city' then case when owner_city is null then compact_is_coalition() else owner_city = compact_city() end
		when 'counsel' then owner_city = compact_city() and compact_in_counsel()
		when 'joint' then owner_city = any (compact_matters())
		else false
	end;

create or replace function compact_may_write(room text, owner_city text) returns boolean language sql stable
	return compact_may_read(room, owner_city) and compact_role() <> 'observer' and case
		when room = 'joint' then true
		when owner_city is null then compact_is_coalition()
		else owner_city = compact_city()
	end;

-- A narrower wall: only who acts in one of these roles, for the coalition, whatever owner and room say.
create procedure compact_wall_for(target regclass, roles text[]) language plpgsql as $$
begin
	execute format('alter table %s enable row level security', target);
	execute format('alter table %s force row level security', target);
	execute format('create policy maintenance on %s to current_user using (compact_maintains()) with check (compact_maintains())', target);
	execute format('create policy roles on %s using (compact_city() is null and compact_role() = any (%L)) with check (compact_city() is null and compact_role() = any (%L))', target, roles, roles);
end $$;
revoke execute on procedure compact_wall_for from public;
