-- A lane is looked into from its front, whatever its rows wait for.

create index outbox_recalled on outbox (office_id, destination, sequence)
    where recalled_at is not null;
create index outbox_unfinished on outbox (office_id, destination, sequence)
    where not_before is not null;

-- The one this replaces looked through all lanes at once.
drop index outbox_not_before;
