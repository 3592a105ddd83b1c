-- Somebody may hold a seat before their city is a member, and after it left. Such a seat opens the city's own rooms and what is
-- public, and not the room of the members: who is in it is for members to know.

create function compact_outside() returns boolean language sql stable
	return coalesce(current_setting('compact.outside', true), '') = 'yes';

create or replace function compact_is_seated() returns boolean language sql stable
	return compact_is_coalition()
		or (compact_city() is not null and compact_role() in ('member', 'counsel', 'observer') and not compact_outside());

-- What the coalition keeps of a city, the city itself always reads.
create or replace function compact_may_read(room text, owner_city text) returns boolean language sql stable
	return case room
		when 'public' then true
		when 'members' then compact_is_seated()
			or (owner_city = compact_city() and compact_role() in ('member', 'counsel', 'observer'))
		when 'city' then case when owner_city is null then compact_is_coalition() else owner_city = compact_city() end
		when 'counsel' then owner_city = compact_city() and compact_in_counsel()
		when 'joint' then owner_city = any (compact_matters())
		else false
	end;

-- Whoever signs people in has to know whether their city is a member.
alter policy read on coalition_fact using (compact_role() = 'access' or (compact_may_read(room, owner_city)
	and (room = 'public' or kind in ('member', 'observer', 'withdrew') or compact_is_coalition() or owner_city = compact_city())
	and exists (select from coalition_member m where m.id = member_id)));
