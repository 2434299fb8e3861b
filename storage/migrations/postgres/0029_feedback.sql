-- Feedback: what an association is told of its own issues and of what became of them. What it tells of is
-- kept by number, never by wording: the words are read when it is drawn. The words of its own, which a
-- coordinator puts before and after it, are kept in versions.

create table feedback (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null check (revision >= 1),
    association_id bigint not null,
    -- An open list: a newer program may know more.
    state text not null check (length(state) between 1 and 40),
    -- It tells of what happened after the one instant, up to the other.
    told_since bigint,
    told_until bigint not null,
    -- Why it was drafted: after a session, for a month (202611), of that month only.
    session_id bigint,
    month bigint,
    month_only boolean not null,
    -- The version of its words; 0 while nobody has written any.
    words bigint not null default 0 check (words >= 0),
    made_by bigint not null,
    made_at bigint not null,
    sent_at bigint,
    corrected_at bigint,
    changed_at bigint not null,
    primary key (office_id, id),
    foreign key (office_id, association_id) references association (office_id, id),
    foreign key (office_id, session_id) references session (office_id, id)
);

-- An association has one draft at a time: what comes meanwhile joins it.
create unique index feedback_draft on feedback (office_id, association_id) where state = 'draft';
create index feedback_of_association on feedback (office_id, association_id, id);

create table feedback_words (
    office_id bigint not null,
    feedback_id bigint not null,
    version bigint not null check (version >= 1),
    opening text check (length(opening) between 1 and 1000),
    closing text check (length(closing) between 1 and 1000),
    written_at bigint not null,
    primary key (office_id, feedback_id, version),
    foreign key (office_id, feedback_id) references feedback (office_id, id) on delete cascade
);

-- What it tells of, in order: an issue that was raised (raised), an issue that moved (moved), another
-- association's shared words (answer), a session or a review to come.
create table feedback_item (
    office_id bigint not null,
    feedback_id bigint not null,
    position bigint not null check (position >= 0),
    kind text not null check (kind in ('raised', 'moved', 'answer', 'session', 'review')),
    number bigint not null check (number >= 1),
    from_status text check ((from_status is null) = (kind <> 'moved')),
    to_status text check ((to_status is null) = (kind <> 'moved')),
    primary key (office_id, feedback_id, position),
    foreign key (office_id, feedback_id) references feedback (office_id, id) on delete cascade
);

-- Which feedbacks quote an issue is asked whenever its words change.
create index feedback_item_of_number on feedback_item (office_id, number, feedback_id);

-- Issues a coordinator left out.
create table feedback_left_out (
    office_id bigint not null,
    feedback_id bigint not null,
    issue_id bigint not null,
    primary key (office_id, feedback_id, issue_id),
    foreign key (office_id, feedback_id) references feedback (office_id, id) on delete cascade
);

-- How far the association's issues had come.
create table feedback_tally (
    office_id bigint not null,
    feedback_id bigint not null,
    status text not null check (length(status) between 1 and 40),
    issues bigint not null check (issues >= 1),
    primary key (office_id, feedback_id, status),
    foreign key (office_id, feedback_id) references feedback (office_id, id) on delete cascade
);
