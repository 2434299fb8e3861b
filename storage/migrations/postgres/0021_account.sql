-- What becomes of a session (連携の場) after it was planned: it moves, is cancelled, is held; and its account (実施記録).

alter table session add column people bigint check (people between 1 and 999);
-- Counts the dates it has had, so that what is due by an older one is told apart.
alter table session add column date_revision bigint not null default 1 check (date_revision >= 1);
-- The day (2026-11-23) and the minute of that day before it was last moved.
alter table session add column moved_from text check (length(moved_from) between 10 and 13);
alter table session add column moved_from_minute bigint check (moved_from_minute between 0 and 1439);
-- Why it was last moved, or cancelled.
alter table session add column reason text check (length(reason) between 1 and 400);

-- Kept apart from the session, because fewer people may read it.
create table session_account (
    office_id bigint not null,
    session_id bigint not null,
    -- Counts corrections.
    revision bigint not null check (revision >= 1),
    minutes text,
    written_by bigint not null,
    written_at bigint not null,
    changed_at bigint not null,
    primary key (office_id, session_id),
    foreign key (office_id, session_id) references session (office_id, id) on delete cascade
);

-- Who came: of a profession of the office, or of others.
create table session_attendance (
    office_id bigint not null,
    session_id bigint not null,
    position bigint not null check (position >= 0),
    profession_id bigint,
    word text not null check (length(word) between 1 and 200),
    people bigint not null check (people >= 1),
    primary key (office_id, session_id, position),
    foreign key (office_id, session_id) references session_account (office_id, session_id) on delete cascade,
    foreign key (office_id, profession_id) references profession (office_id, id)
);

-- What was asked in a survey.
create table session_question (
    office_id bigint not null,
    session_id bigint not null,
    position bigint not null check (position >= 0),
    words text not null,
    primary key (office_id, session_id, position),
    foreign key (office_id, session_id) references session_account (office_id, session_id) on delete cascade
);

-- What was answered: how often, or once in free words.
create table session_answer (
    office_id bigint not null,
    session_id bigint not null,
    question bigint not null,
    position bigint not null check (position >= 0),
    words text not null,
    -- Missing where the words are somebody's own.
    times bigint check (times >= 0),
    primary key (office_id, session_id, question, position),
    foreign key (office_id, session_id, question)
        references session_question (office_id, session_id, position) on delete cascade
);
