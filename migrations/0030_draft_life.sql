-- What else happens to a draft: it takes words of another city, gets another title, is closed and opened again. Each is an edit
-- with its day and author, and none is overwritten; adoption_draft has the last title, and since when it is closed.
alter table adoption_edit drop constraint adoption_edit_act_check;
alter table adoption_edit add constraint adoption_edit_act_check check (act in ('copied', 'answered', 'worded', 'added', 'removed',
	'split', 'joined', 'moved', 'renumbered', 'taken_over', 'kept', 'suggestion_taken', 'restored', 'borrowed', 'renamed', 'closed',
	'reopened'));
alter table adoption_edit
	-- of one that gave the draft another title: what it was called before
	add column former_title text,
	-- of words that were taken: the source, and the provision in its version of then
	add column borrowed integer,
	add column borrowed_e_id text check (borrowed_e_id ~ '^[A-Za-z0-9_.-]+$'),
	add check ((borrowed is null) = (borrowed_e_id is null));
