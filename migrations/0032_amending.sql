-- A draft that amends a policy: begun from the draft that became it, so that a newer model is merged with what the city made of it.
alter table adoption_draft add column amends_work_id uuid;
create index adoption_draft_became on adoption_draft (became_work_id);
