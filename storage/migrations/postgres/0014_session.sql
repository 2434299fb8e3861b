-- Sessions learn in which series and fiscal year their number counts, what they are to talk about, and
-- that planning can be taken back.

alter table session add column series text not null default '' check (length(series) <= 600);
-- Missing, as the number is, while it is a draft.
alter table session add column fiscal_year bigint;
alter table session add column retracted boolean not null default false;

-- A number is given once; one that was cancelled or taken back is free again.
create unique index session_number on session (office_id, series, fiscal_year, ordinal)
    where ordinal is not null and state <> 'cancelled' and not retracted;

-- The issues a session is to talk about, in the order they were named; those that were said at it
-- are in issue_session.
create table session_agenda (
    office_id bigint not null,
    session_id bigint not null,
    position bigint not null check (position >= 0),
    issue_id bigint not null,
    primary key (office_id, session_id, position),
    unique (office_id, issue_id, session_id),
    foreign key (office_id, session_id) references session (office_id, id) on delete cascade,
    foreign key (office_id, issue_id) references issue (office_id, id) on delete cascade
);
