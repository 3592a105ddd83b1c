-- Names of another city in what was copied from it. That the own city's name was put in is an edit, and so is that others stay as they are:
-- of which provision, and with the words around them, by which they are found again as long as nobody has changed these.
alter table adoption_edit drop constraint adoption_edit_act_check;
alter table adoption_edit add constraint adoption_edit_act_check check (act in ('copied', 'answered', 'worded', 'added', 'removed',
	'split', 'joined', 'moved', 'renumbered', 'taken_over', 'kept', 'suggestion_taken', 'restored', 'borrowed', 'renamed', 'closed',
	'reopened', 'named', 'names_kept'));
alter table adoption_edit add column names_kept jsonb check (jsonb_typeof(names_kept) = 'array');
