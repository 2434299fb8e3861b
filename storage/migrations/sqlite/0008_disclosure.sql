-- Disclosures: what an audience is told about an issue. The words of a version never change; a
-- correction is a version of its own.

alter table issue add column kept_private boolean not null default false
    check (kept_private in (false, true));
alter table issue add column retracted boolean not null default false
    check (retracted in (false, true));

create table disclosure (
    office_id bigint not null,
    issue_id bigint not null,
    -- Counts the versions of one issue.
    version bigint not null check (version >= 1),
    -- For whom, as a code.
    audience text not null check (length(audience) between 1 and 60),
    wording text not null,
    as_written boolean not null check (as_written in (false, true)),
    names_source boolean not null check (names_source in (false, true)),
    state text not null check (
        state in ('proposed', 'approved', 'declined', 'withdrawn', 'replaced')
    ),
    proposed_by bigint not null,
    proposed_at bigint not null,
    -- The last decision: who made it, and when.
    decided_by bigint check ((decided_by is null) = (decided_at is null)),
    decided_at bigint check ((decided_at is null) = (state = 'proposed')),
    primary key (office_id, issue_id, version),
    foreign key (office_id, issue_id) references issue (office_id, id)
);

-- An audience is told one thing about an issue at a time.
create unique index disclosure_approved on disclosure (office_id, issue_id, audience)
    where state = 'approved';
create index disclosure_waiting on disclosure (office_id, proposed_at, issue_id, version)
    where state = 'proposed';

create trigger disclosure_words_are_not_changed before update of office_id, issue_id, version, audience, wording, as_written,
    names_source, proposed_by, proposed_at on disclosure
begin
    select raise(abort, 'a disclosure keeps its words');
end;

create trigger disclosure_is_not_deleted before delete on disclosure
begin
    select raise(abort, 'a disclosure keeps its words');
end;
