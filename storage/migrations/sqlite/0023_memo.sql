-- Memos: what somebody wants people to be reminded of, when and where. Its words are for the audience of
-- its destination only, so they stand here and nowhere else; an occurrence says when it is due.

create table memo (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null check (revision >= 1),
    words text not null check (length(words) between 1 and 1000),
    -- The use of the channel where it is said.
    destination text not null check (length(destination) between 1 and 40),
    -- The schedule as it is written; null for what is said once.
    schedule text check (length(schedule) between 1 and 400),
    -- The day (2026-11-23) and the minute of that day on the office's wall when it is said next; null when
    -- there is no next time.
    next_date text check (length(next_date) between 10 and 13),
    next_minute bigint check (next_minute between 0 and 1439),
    -- Counts the times it was planned for.
    turn bigint not null check (turn >= 1),
    state text not null check (length(state) between 1 and 40),
    made_by bigint not null,
    made_at bigint not null,
    changed_at bigint not null,
    primary key (office_id, id),
    check ((next_date is null) = (next_minute is null))
);

create index memo_waiting on memo (office_id, next_date, next_minute, id) where state = 'waiting';

-- Whether the next of a matter waits is asked for every office whenever the calendar is looked at.
create index occurrence_waiting on occurrence (office_id, matter) where not settled;
