-- The nouns an issue is sorted by: the office's own categories, the gathering where it was said, and
-- the issue that stands for it since both were taken for the same opinion.

create table category (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    name text not null,
    -- The name with width, case and kana folded away: what makes two names the same.
    folded_name text not null,
    -- No longer offered; issues keep it.
    retired boolean not null default false,
    primary key (office_id, id),
    unique (office_id, folded_name)
);

create table issue_category (
    office_id bigint not null,
    issue_id bigint not null,
    position bigint not null check (position >= 0),
    category_id bigint not null,
    primary key (office_id, issue_id, position),
    unique (office_id, category_id, issue_id),
    foreign key (office_id, issue_id) references issue (office_id, id) on delete cascade,
    foreign key (office_id, category_id) references category (office_id, id)
);

create table session (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    -- Counts every change of what people are told of it.
    revision bigint not null default 1 check (revision >= 1),
    tier bigint not null check (tier between 1 and 3),
    -- Kinds, purposes and roles are open lists, so their words are not listed here.
    kind text not null check (length(kind) between 1 and 30),
    state text not null check (state in ('draft', 'planned', 'held', 'cancelled')),
    title text not null,
    -- 第n回 within its series and fiscal year; missing while it is a draft.
    ordinal bigint check (ordinal >= 1),
    -- The day (2026-11-23) and the minutes of that day as they stand on the wall.
    held_on text check (length(held_on) between 10 and 13),
    start_minute bigint check (start_minute between 0 and 1439),
    end_minute bigint check (end_minute between 0 and 1439),
    purpose text check (length(purpose) between 1 and 30),
    method text,
    office_role text check (length(office_role) between 1 and 30),
    place text,
    planned_by bigint not null,
    created_at bigint not null,
    changed_at bigint not null,
    primary key (office_id, id)
);

create index session_by_day on session (office_id, held_on, id);

create table session_association (
    office_id bigint not null,
    session_id bigint not null,
    position bigint not null check (position >= 0),
    association_id bigint not null,
    primary key (office_id, session_id, position),
    unique (office_id, association_id, session_id),
    foreign key (office_id, session_id) references session (office_id, id) on delete cascade,
    foreign key (office_id, association_id) references association (office_id, id)
);

-- Apart from the issue, so that both databases hold them by foreign keys of two columns.
create table issue_session (
    office_id bigint not null,
    issue_id bigint not null,
    session_id bigint not null,
    primary key (office_id, issue_id),
    foreign key (office_id, issue_id) references issue (office_id, id) on delete cascade,
    foreign key (office_id, session_id) references session (office_id, id)
);

create index issue_session_by_session on issue_session (office_id, session_id, issue_id);

create table issue_merge (
    office_id bigint not null,
    issue_id bigint not null,
    -- The issue that stands for it.
    into_id bigint not null check (into_id <> issue_id),
    primary key (office_id, issue_id),
    foreign key (office_id, issue_id) references issue (office_id, id) on delete cascade,
    foreign key (office_id, into_id) references issue (office_id, id)
);

create index issue_merge_by_into on issue_merge (office_id, into_id, issue_id);
