-- A Word file that came back and is the wrong one is set aside whole: what of it is open is refused, and can be opened again together.
alter table adoption_suggestion
	add column aside boolean not null default false,
	add check (state = 'refused' or not aside);
