-- Yearly targets (年度目標): what an office has set itself per area and item, the goals it has for each
-- fiscal year, and the entries of progress (進捗) towards them. Sums are made when somebody asks.

create table target (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null check (revision >= 1),
    -- Area (領域) and number within it (1-①) are its identity in the office's plan table.
    area text not null check (length(area) between 1 and 60),
    number text not null check (length(number) between 1 and 20),
    item text not null,
    -- The order of the table.
    position bigint not null check (position >= 0),
    -- Who sees to it: an association, or somebody in the office's own words, or nobody but the office.
    owner_association_id bigint,
    owner_name text check (length(owner_name) between 1 and 60),
    -- What it counts by itself (session:council, project); null for nothing.
    counts text check (length(counts) between 1 and 60),
    withdrawn boolean not null default false,
    added_by bigint not null,
    created_at bigint not null,
    changed_at bigint not null,
    primary key (office_id, id),
    foreign key (office_id, owner_association_id) references association (office_id, id),
    check (owner_association_id is null or owner_name is null)
);

-- One that was taken back frees its number.
create unique index target_number on target (office_id, area, number) where not withdrawn;

-- What a target wants in one fiscal year. Versions are only added, so that a goal can be told as it was
-- on any day; one that was taken back stays and never held.
create table goal (
    office_id bigint not null,
    target_id bigint not null,
    fiscal_year bigint not null,
    version bigint not null check (version >= 1),
    -- The day (2026-04-01) from which it holds.
    day text not null,
    wording text not null,
    -- The plan for the year (計画), line by line with its marks.
    plan text,
    -- The figure for the year and its unit; each: of every one of several; periodic: written as a rate.
    amount bigint check (amount between 1 and 1000000000),
    unit text,
    each boolean not null,
    periodic boolean not null,
    state text not null check (length(state) between 1 and 20),
    -- The target whose goal it repeats (再掲).
    again_of bigint,
    reason text,
    set_by bigint not null,
    since bigint not null,
    retracted boolean not null default false,
    primary key (office_id, target_id, fiscal_year, version),
    foreign key (office_id, target_id) references target (office_id, id),
    foreign key (office_id, again_of) references target (office_id, id),
    check ((amount is null) = (unit is null))
);

create index goal_by_year on goal (office_id, fiscal_year, target_id, day, version);

-- A coordinator's own word on how a goal in words gets on; null leaves it to the records again.
create table target_word (
    office_id bigint not null,
    target_id bigint not null,
    fiscal_year bigint not null,
    turn bigint not null check (turn >= 1),
    day text not null,
    state text check (length(state) between 1 and 20),
    said_by bigint not null,
    said_at bigint not null,
    primary key (office_id, target_id, fiscal_year, turn),
    foreign key (office_id, target_id) references target (office_id, id)
);

-- Entries of progress.
create table record (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null check (revision >= 1),
    -- When it was done, or as of when it is told.
    done_on text not null,
    wording text,
    amount bigint check (amount between 0 and 1000000000),
    unit text check (length(unit) between 1 and 20),
    mark text check (length(mark) = 1),
    -- hand, import (with the key under which the same line of a table is known again) or session.
    source text not null check (length(source) between 1 and 20),
    import_key text check (length(import_key) between 1 and 200),
    session_id bigint,
    -- The record it repeats (再掲): its figure is counted there.
    again_of bigint,
    withdrawn boolean not null default false,
    recorded_by bigint not null,
    created_at bigint not null,
    changed_at bigint not null,
    primary key (office_id, id),
    foreign key (office_id, session_id) references session (office_id, id),
    foreign key (office_id, again_of) references record (office_id, id)
);

create index record_by_day on record (office_id, done_on, id);
-- A line of a table is kept once, however often the table comes.
create unique index record_import on record (office_id, import_key)
    where import_key is not null and not withdrawn;
create index record_by_session on record (office_id, session_id) where session_id is not null;

create table record_target (
    office_id bigint not null,
    record_id bigint not null,
    position bigint not null check (position >= 0),
    target_id bigint not null,
    primary key (office_id, record_id, position),
    unique (office_id, target_id, record_id),
    foreign key (office_id, record_id) references record (office_id, id) on delete cascade,
    foreign key (office_id, target_id) references target (office_id, id)
);
