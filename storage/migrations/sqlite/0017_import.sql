-- Lists of issues taken from a file: how far each has come, and which issues came of it.
--
-- The rows themselves wait in a sealed draft; what is here says which of them are stored, so that an
-- import that was cut short goes on where it stopped, and a second press stores nothing twice.

create table import (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    -- Counts what people are told of it: that it is complete, that it was taken back.
    revision bigint not null default 1 check (revision >= 1),
    person bigint not null,
    -- The draft whose rows it stores; one import comes of a draft.
    draft_id bigint not null,
    -- Rows to be gone through, and how many have been.
    rows_total bigint not null check (rows_total >= 1),
    rows_done bigint not null default 0 check (rows_done between 0 and rows_total),
    -- Whether its issues have cards of their own from the beginning.
    cards boolean not null check (cards in (false, true)),
    begun_at bigint not null,
    ended_at bigint,
    undone_at bigint,
    primary key (office_id, id),
    unique (office_id, draft_id)
);

create table import_issue (
    office_id bigint not null,
    import_id bigint not null,
    issue_id bigint not null,
    primary key (office_id, import_id, issue_id),
    unique (office_id, issue_id),
    foreign key (office_id, import_id) references import (office_id, id),
    foreign key (office_id, issue_id) references issue (office_id, id) on delete cascade
);
