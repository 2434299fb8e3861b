-- Reports: the months (月次) and years (年次) of progress that were shown to the desk or posted. What they
-- say is read when they are drawn; kept is only that they are there.

create table report (
    office_id bigint not null references office (id),
    -- month or yearly; with the number it is the subject of the outbox.
    kind text not null check (length(kind) between 1 and 20),
    -- 202611, or the western year in which the fiscal year starts.
    number bigint not null check (number >= 1),
    revision bigint not null check (revision >= 1),
    -- The desk wants it to wait.
    held boolean not null default false check (held in (false, true)),
    -- When it was first wanted in the progress channel.
    posted_at bigint,
    changed_at bigint not null,
    primary key (office_id, kind, number)
);

-- Which targets were corrected after a report was posted, and when last.
create table report_correction (
    office_id bigint not null,
    kind text not null,
    number bigint not null,
    target_id bigint not null,
    corrected_at bigint not null,
    primary key (office_id, kind, number, target_id),
    foreign key (office_id, kind, number) references report (office_id, kind, number),
    foreign key (office_id, target_id) references target (office_id, id)
);

-- What was changed after a day tells how things stood on it.
create index history_entry_by_time on history_entry (office_id, subject_kind, at);
