-- Other words for some words of a draft: a comment that says what is to stand instead, taken or refused by whoever may change it.
alter table adoption_comment
	-- words that are to stand instead of those it is on, with blanks as the draft has them; empty: none
	add column instead text,
	add check (instead is null or quote is not null);

alter table adoption_comment_state drop constraint adoption_comment_state_act_check;
alter table adoption_comment_state add constraint adoption_comment_state_act_check
	check (act in ('resolved', 'reopened', 'assigned', 'taken', 'refused'));
alter table adoption_comment_state
	-- of one that was taken: the edit after which the draft has its words
	add column edit integer,
	add foreign key (draft_id, edit) references adoption_edit,
	add check ((act = 'taken') = (edit is not null));
