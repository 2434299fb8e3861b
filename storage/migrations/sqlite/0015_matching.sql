-- Bringing issues and people together: links between issues, pairs whose needs meet, and the people
-- who move cooperation forward.

create table issue_link (
    office_id bigint not null,
    -- A link has no direction: the lower number comes first.
    first_id bigint not null,
    second_id bigint not null check (second_id > first_id),
    linked_by bigint not null,
    linked_at bigint not null,
    primary key (office_id, first_id, second_id),
    foreign key (office_id, first_id) references issue (office_id, id),
    foreign key (office_id, second_id) references issue (office_id, id)
);

create index issue_link_by_second on issue_link (office_id, second_id, first_id);

create table matching (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    first_id bigint not null,
    second_id bigint not null check (second_id > first_id),
    -- Fingerprints of the wordings when the pair was last looked at: a dismissed pair comes back when
    -- one of them has changed.
    first_said bigint not null,
    second_said bigint not null,
    state text not null check (state in ('proposed', 'accepted', 'dismissed')),
    -- Why it was dismissed, in the words of whoever did.
    reason text check (reason is null or state = 'dismissed'),
    -- The session drafted for it.
    session_id bigint check ((session_id is not null) = (state = 'accepted')),
    proposed_at bigint not null,
    decided_by bigint check ((decided_by is null) = (decided_at is null)),
    decided_at bigint check ((decided_at is null) = (state = 'proposed')),
    primary key (office_id, id),
    unique (office_id, first_id, second_id),
    foreign key (office_id, first_id) references issue (office_id, id),
    foreign key (office_id, second_id) references issue (office_id, id),
    foreign key (office_id, session_id) references session (office_id, id)
);

create index matching_dismissed on matching (office_id, id) where state = 'dismissed';
create index matching_by_session on matching (office_id, session_id);

create table key_person (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    association_id bigint,
    -- Name and note: sealed bytes and the id of their key, never the words.
    person blob not null,
    person_key text not null,
    added_by bigint not null,
    changed_at bigint not null,
    primary key (office_id, id),
    foreign key (office_id, association_id) references association (office_id, id)
);

create index key_person_by_association on key_person (office_id, association_id);
