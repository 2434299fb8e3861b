-- Support projects (支援事業): an association's event the office helps with, and who does what by when.

create table project (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    -- Counts every change of it or of its tasks.
    revision bigint not null check (revision >= 1),
    state text not null check (length(state) between 1 and 20),
    title text not null,
    -- The day of the event.
    held_on text,
    -- Money is whole yen; where it comes from is in free words, and so is the fund until funds are records.
    budget_yen bigint check (budget_yen >= 0),
    budget_source text,
    fund text,
    -- The association that brought it as an idea, and whether the desk stands behind it.
    idea_of bigint,
    taken_up boolean not null check (taken_up in (false, true)),
    reason text,
    -- Questions with counts and free words, as JSON: read and written whole, never searched.
    survey text,
    note text,
    finished_on text,
    added_by bigint not null,
    created_at bigint not null,
    changed_at bigint not null,
    retracted boolean not null default false check (retracted in (false, true)),
    primary key (office_id, id),
    foreign key (office_id, idea_of) references association (office_id, id)
);

create index project_by_day on project (office_id, held_on, id);

create table project_association (
    office_id bigint not null,
    project_id bigint not null,
    position bigint not null check (position >= 0),
    association_id bigint not null,
    primary key (office_id, project_id, position),
    unique (office_id, association_id, project_id),
    foreign key (office_id, project_id) references project (office_id, id) on delete cascade,
    foreign key (office_id, association_id) references association (office_id, id)
);

create table project_issue (
    office_id bigint not null,
    project_id bigint not null,
    position bigint not null check (position >= 0),
    issue_id bigint not null,
    primary key (office_id, project_id, position),
    unique (office_id, issue_id, project_id),
    foreign key (office_id, project_id) references project (office_id, id) on delete cascade,
    foreign key (office_id, issue_id) references issue (office_id, id) on delete cascade
);

create table project_session (
    office_id bigint not null,
    project_id bigint not null,
    position bigint not null check (position >= 0),
    session_id bigint not null,
    primary key (office_id, project_id, position),
    unique (office_id, session_id, project_id),
    foreign key (office_id, project_id) references project (office_id, id) on delete cascade,
    foreign key (office_id, session_id) references session (office_id, id) on delete cascade
);

-- Tasks (分担). One that was taken away stays, so that undo brings back the same number and what is due
-- by it has one meaning.
create table task (
    office_id bigint not null,
    id bigint not null check (id >= 1),
    project_id bigint not null,
    position bigint not null check (position >= 0),
    role text not null check (length(role) between 1 and 20),
    wording text,
    due_on text,
    -- Counts its dates and places of reminding, as keys of occurrences do.
    due_revision bigint not null check (due_revision >= 1),
    -- desk, association, person or named; then which.
    holder text not null check (length(holder) between 1 and 20),
    holder_association_id bigint,
    holder_person bigint,
    holder_name text,
    done_on text,
    done_by bigint,
    removed boolean not null default false check (removed in (false, true)),
    primary key (office_id, id),
    foreign key (office_id, project_id) references project (office_id, id) on delete cascade,
    foreign key (office_id, holder_association_id) references association (office_id, id),
    check ((done_on is null) = (done_by is null))
);

create index task_by_project on task (office_id, project_id, position, id);
