-- References that an edit left behind with a meaning they have no more: of which provision, as they are written, and with the words
-- around them, by which they are found again as long as nobody has changed these.
alter table adoption_edit add column dangling jsonb check (jsonb_typeof(dangling) = 'array');
