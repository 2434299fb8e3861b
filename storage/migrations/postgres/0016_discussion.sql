-- A card in a text channel may have a thread below it, in which people talk about it.

-- Somebody asked for the thread, and it is not open yet.
alter table outbox add column discussion_wanted boolean not null default false;
-- The thread that was opened last.
alter table outbox add column discussion_id bigint;
-- Its card went away: it was archived and locked, and stands there with what people wrote.
alter table outbox add column discussion_closed boolean not null default false;
-- Why the thread could not be opened the last time.
alter table outbox add column discussion_code text check (length(discussion_code) between 1 and 60);
