-- What is due later learns whom it is for and on which day of the wall calendar it falls, and what has
-- come due becomes a reminder. Nothing was ever planned in the table that is replaced.

drop table occurrence;

-- What is due later. The key changes when its date does, and a settled row stays, so that nothing is
-- done twice.
create table occurrence (
    office_id bigint not null references office (id),
    key text not null check (length(key) between 1 and 120),
    -- What it is for; an open list. A program leaves alone what it does not know.
    matter text not null check (length(matter) between 1 and 60),
    -- The use of the channel where it will be said.
    destination text not null check (length(destination) between 1 and 40),
    -- The day (2026-11-23) and the minute of that day as they stand on the wall; the instant is what
    -- they are in the office's time zone, and is made anew when the zone changes.
    due_date text not null check (length(due_date) between 10 and 13),
    due_minute bigint not null check (due_minute between 0 and 1439),
    due_at bigint not null,
    settled boolean not null default false check (settled in (false, true)),
    primary key (office_id, key)
);

create index occurrence_due on occurrence (due_at) where not settled;

-- One message about what had come due for one destination at one time. It holds no text: what is still
-- worth saying is read when it is sent.
create table reminder (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null default 1 check (revision >= 1),
    destination text not null check (length(destination) between 1 and 40),
    -- When the first of its items was due.
    due_at bigint not null,
    made_at bigint not null,
    primary key (office_id, id)
);

-- What it reminds of, in order. An occurrence is said once.
create table reminder_item (
    office_id bigint not null,
    reminder_id bigint not null,
    position bigint not null check (position >= 0),
    occurrence_key text not null,
    primary key (office_id, reminder_id, position),
    unique (office_id, occurrence_key),
    foreign key (office_id, reminder_id) references reminder (office_id, id),
    foreign key (office_id, occurrence_key) references occurrence (office_id, key)
);
