-- What is wanted of the event of a session in the server's own list, and what somebody did to it by hand.
-- What stands there, and under which mark, is kept by the outbox.
create table event (
    office_id bigint not null,
    session_id bigint not null,
    -- Counts what is wanted of it: the session changed, or somebody asked for it again.
    revision bigint not null default 1 check (revision >= 1),
    -- What was done to it by hand (changed, deleted); null when nothing, or when it is settled.
    hand text check (length(hand) between 1 and 20),
    -- Which parts differ, as codes between commas; no words of people.
    parts text check (length(parts) <= 200),
    -- From when to when it is in Discord, where that differs.
    seen_start bigint,
    seen_end bigint,
    -- When it was noticed, by the clock of the office.
    noticed_at bigint,
    -- Counts what the desk is told of it; 0 while there was nothing to tell.
    told bigint not null default 0 check (told >= 0),
    primary key (office_id, session_id),
    foreign key (office_id, session_id) references session (office_id, id) on delete cascade
);
