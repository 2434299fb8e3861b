-- Issues: what somebody said, where, and how far it has come.

create table issue (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null check (revision >= 1),
    kind text not null check (kind in ('issue', 'idea')),
    origin text not null check (origin in ('meeting', 'desk', 'open')),
    tier bigint not null check (tier between 1 and 3),
    tier_by text not null check (tier_by in ('rules', 'person')),
    status text not null check (
        status in ('open', 'sorted', 'planning', 'acting', 'review', 'done', 'later', 'dropped')
    ),
    later_year bigint check (status <> 'later' or later_year is not null),
    wording text not null,
    note text,
    profession_id bigint,
    association_id bigint,
    -- Who said it: sealed bytes and the id of their key, never the name.
    speaker blob,
    speaker_key text check ((speaker is null) = (speaker_key is null)),
    reporter bigint not null,
    created_at bigint not null,
    changed_at bigint not null,
    passed_on boolean not null check (passed_on in (false, true)),
    -- Where its card stands, as a code: who may read the original wording depends on it.
    destination text not null check (length(destination) between 1 and 40),
    primary key (office_id, id),
    foreign key (office_id, profession_id) references profession (office_id, id),
    foreign key (office_id, association_id) references association (office_id, id)
);

create index issue_by_profession on issue (office_id, profession_id);
create index issue_by_association on issue (office_id, association_id);

-- Whom an issue is about, in the order they were named.
create table issue_about (
    office_id bigint not null,
    issue_id bigint not null,
    position bigint not null,
    profession_id bigint,
    association_id bigint,
    primary key (office_id, issue_id, position),
    foreign key (office_id, issue_id) references issue (office_id, id) on delete cascade,
    foreign key (office_id, profession_id) references profession (office_id, id),
    foreign key (office_id, association_id) references association (office_id, id),
    check ((profession_id is null) <> (association_id is null))
);

create index issue_about_by_profession on issue_about (office_id, profession_id);
create index issue_about_by_association on issue_about (office_id, association_id);

-- What searches look through: one row per wording and audience, so that a search for a wider
-- audience never touches an original. Folded: width, case and kana do not count.
create table issue_wording (
    office_id bigint not null,
    issue_id bigint not null,
    audience text not null check (length(audience) between 1 and 60),
    folded text not null,
    primary key (office_id, audience, issue_id),
    foreign key (office_id, issue_id) references issue (office_id, id) on delete cascade
);
