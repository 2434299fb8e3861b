-- Reviews (反省会) are kept, and what is due later is due at several places under one key: a review that
-- concerns two associations is reminded of in both of their channels.

create table occurrence_kept as select * from occurrence;
create table reminder_item_kept as
    select reminder_item.*, reminder.destination from reminder_item
    join reminder on reminder.office_id = reminder_item.office_id
    and reminder.id = reminder_item.reminder_id;
drop table reminder_item;
drop table occurrence;

-- What is due later, once for each place. The key changes when its date does, and a settled row stays,
-- so that nothing is done twice. Keys are ordered by their letters' codes, as on sqlite.
create table occurrence (
    office_id bigint not null references office (id),
    key text collate ucs_basic not null check (length(key) between 1 and 120),
    -- What it is for; an open list. A program leaves alone what it does not know.
    matter text not null check (length(matter) between 1 and 60),
    -- The use of the channel where it will be said.
    destination text not null check (length(destination) between 1 and 40),
    -- The day (2026-11-23) and the minute of that day as they stand on the wall; the instant is what
    -- they are in the office's time zone, and is made anew when the zone changes.
    due_date text not null check (length(due_date) between 10 and 13),
    due_minute bigint not null check (due_minute between 0 and 1439),
    due_at bigint not null,
    settled boolean not null default false,
    primary key (office_id, key, destination)
);

create index occurrence_due on occurrence (due_at) where not settled;

insert into occurrence
    (office_id, key, matter, destination, due_date, due_minute, due_at, settled)
    select office_id, key, matter, destination, due_date, due_minute, due_at, settled
    from occurrence_kept;

-- What a reminder speaks of, in order. An occurrence is said once.
create table reminder_item (
    office_id bigint not null,
    reminder_id bigint not null,
    position bigint not null check (position >= 0),
    occurrence_key text collate ucs_basic not null,
    -- Where it was due. What has lost its point is told at the desk, wherever it was due.
    destination text not null check (length(destination) between 1 and 40),
    -- It came due while nobody looked, and lost its point meanwhile: only that is said.
    passed boolean not null default false,
    primary key (office_id, reminder_id, position),
    unique (office_id, occurrence_key, destination),
    foreign key (office_id, reminder_id) references reminder (office_id, id),
    foreign key (office_id, occurrence_key, destination)
        references occurrence (office_id, key, destination)
);

insert into reminder_item (office_id, reminder_id, position, occurrence_key, destination)
    select office_id, reminder_id, position, occurrence_key, destination
    from reminder_item_kept;

drop table reminder_item_kept;
drop table occurrence_kept;

-- The follow-up that looks back on something: when it is due, and what came of it.
create table review (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null default 1 check (revision >= 1),
    -- What it looks back on: an issue, a session, a project; an open list.
    of_kind text not null check (length(of_kind) between 1 and 40),
    of_id bigint not null check (of_id >= 1),
    state text not null check (length(state) between 1 and 40),
    -- The day on the wall; of a proposal it is the day that is suggested.
    due_date text check (length(due_date) between 10 and 13),
    start_minute bigint check (start_minute between 0 and 1439),
    -- Counts the days it has had, from 1; keys of what is due by them name it.
    dated bigint not null default 1 check (dated >= 1),
    place text check (length(place) between 1 and 400),
    note text check (length(note) between 1 and 4000),
    -- The outcome: what was done, what worked, what comes next and in which fiscal year.
    held_on text check (length(held_on) between 10 and 13),
    done text check (length(done) between 1 and 4000),
    worked text check (length(worked) between 1 and 4000),
    next text check (length(next) between 1 and 40),
    next_year bigint,
    planned_by bigint not null,
    created_at bigint not null,
    changed_at bigint not null,
    retracted boolean not null default false,
    primary key (office_id, id)
);

-- One at a time is ahead for each thing that is looked back on.
create unique index review_ahead on review (office_id, of_kind, of_id)
    where state in ('proposed', 'planned') and not retracted;
create index review_due on review (office_id, state, due_date);
