-- A summary that was left as it was offered follows the draft, and is null.
alter table adoption_packet alter column summary drop not null;
