-- Bulletins: notices as posted to one association, and who of it has confirmed having read them.

create table bulletin (
    office_id bigint not null,
    id bigint not null check (id >= 1),
    revision bigint not null check (revision >= 1),
    association_id bigint not null,
    -- The bulletins of one posting share the number of its first one.
    posting bigint not null check (posting >= 1),
    posted_by bigint not null,
    posted_at bigint not null,
    -- The officer or contact who was the first to confirm, and when.
    confirmed_by bigint,
    confirmed_at bigint,
    primary key (office_id, id),
    foreign key (office_id, association_id) references association (office_id, id),
    check ((confirmed_by is null) = (confirmed_at is null))
);

create index bulletin_by_association on bulletin (office_id, association_id, id);
create index bulletin_by_posting on bulletin (office_id, posting, id);

create table bulletin_notice (
    office_id bigint not null,
    bulletin_id bigint not null,
    position bigint not null check (position >= 0),
    notice_id bigint not null,
    -- How it stood when the association was told.
    state text not null check (length(state) between 1 and 20),
    primary key (office_id, bulletin_id, position),
    unique (office_id, notice_id, bulletin_id),
    foreign key (office_id, bulletin_id) references bulletin (office_id, id) on delete cascade,
    foreign key (office_id, notice_id) references notice (office_id, id) on delete cascade
);
