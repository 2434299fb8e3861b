-- Letting go: what has been kept long enough, what a person asks for, and offices that end.
--
-- The triggers that keep the audit, the history and disclosures as they were written let go for what is
-- marked here: records in erased, whole offices in erasure.

-- What was due in a fiscal year, as the desk was told, and what it decided.
create table retention (
    office_id bigint not null references office (id),
    -- The western year in which the fiscal year starts.
    year bigint not null,
    revision bigint not null check (revision >= 1),
    state text not null check (length(state) between 1 and 20),
    -- The day (2032-05-06) as of which it was due.
    through text not null check (length(through) between 10 and 13),
    -- Kept longer, until this fiscal year begins.
    kept_until bigint,
    -- How many records were due when the desk decided, and how many are gone.
    records_total bigint not null check (records_total >= 0),
    records_gone bigint not null default 0 check (records_gone >= 0),
    proposed_at bigint not null,
    decided_by bigint check ((decided_by is null) = (decided_at is null)),
    decided_at bigint,
    ended_at bigint,
    primary key (office_id, year)
);

create index retention_at_work on retention (office_id, year) where state = 'deleting';

-- Records that are gone: the mark under which their history may go, kept until their posts are gone too.
create table erased (
    office_id bigint not null references office (id),
    subject_kind text not null check (length(subject_kind) between 1 and 20),
    subject_id bigint not null,
    erased_at bigint not null,
    primary key (office_id, subject_kind, subject_id)
);

-- What a person asks for: to be told what is kept of them, or to have their name removed.
create table petition (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null check (revision >= 1),
    kind text not null check (length(kind) between 1 and 20),
    person bigint not null,
    state text not null check (length(state) between 1 and 20),
    asked_at bigint not null,
    decided_by bigint check ((decided_by is null) = (decided_at is null)),
    decided_at bigint,
    -- Why it was not possible, for the person who asked.
    reason text check (length(reason) between 1 and 1000),
    primary key (office_id, id)
);

-- Asked once: the same waits for its answer.
create unique index petition_open on petition (office_id, person, kind) where state = 'open';

-- That the bot was removed from the server and came back in time.
create table departure (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null check (revision >= 1),
    left_at bigint not null,
    returned_at bigint not null,
    primary key (office_id, id)
);

create index office_left on office (left_at) where left_at is not null;

-- A coordinator wants the whole office deleted, and a second one is asked.
create table deletion (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null check (revision >= 1),
    state text not null check (length(state) between 1 and 20),
    asked_by bigint not null,
    asked_at bigint not null,
    expires_at bigint not null,
    decided_by bigint,
    primary key (office_id, id)
);

create unique index deletion_open on deletion (office_id) where state = 'open';

-- Offices that were deleted, and those that are being: who, when, why, how much; nothing else is left of
-- them. It stands outside every office, so it refers to none.
create table erasure (
    office_id bigint not null primary key,
    why text not null check (length(why) between 1 and 20),
    asked_by bigint not null,
    confirmed_by bigint not null,
    begun_at bigint not null,
    ended_at bigint,
    rows_gone bigint not null default 0 check (rows_gone >= 0)
);

create index erasure_at_work on erasure (begun_at) where ended_at is null;

drop trigger audit_entry_is_not_deleted;
create trigger audit_entry_is_not_deleted before delete on audit_entry
    when not exists (
        select 1 from erasure where erasure.office_id = old.office_id and erasure.ended_at is null
    )
begin
    select raise(abort, 'the audit is append-only');
end;

drop trigger history_entry_is_not_deleted;
create trigger history_entry_is_not_deleted before delete on history_entry
    when not exists (
        select 1 from erasure where erasure.office_id = old.office_id and erasure.ended_at is null
    ) and not exists (
        select 1 from erased where erased.office_id = old.office_id
        and erased.subject_kind = old.subject_kind and erased.subject_id = old.subject_id
    )
begin
    select raise(abort, 'the history is append-only');
end;

drop trigger disclosure_is_not_deleted;
create trigger disclosure_is_not_deleted before delete on disclosure
    when not exists (
        select 1 from erasure where erasure.office_id = old.office_id and erasure.ended_at is null
    ) and not exists (
        select 1 from erased where erased.office_id = old.office_id
        and erased.subject_kind = 'issue' and erased.subject_id = old.issue_id
    )
begin
    select raise(abort, 'a disclosure keeps its words');
end;
