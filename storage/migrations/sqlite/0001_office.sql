-- An office and what it has set up.
--
-- Every record belongs to an office: its key begins with office_id, and so does everything that
-- refers to it, so that nothing of one office can point into another. Numbers count per office.
-- Discord's ids are kept as the same 64 bits, signed. Instants are microseconds since 1970 in utc.

create table office (
    id integer primary key autoincrement,
    server_id bigint not null unique,
    -- Counts every change of the set-up: a copy with the same revision is current.
    revision bigint not null default 1 check (revision >= 1),
    created_at bigint not null,
    -- Set while the bot is not in the server; nothing is sent meanwhile and nothing is deleted.
    left_at bigint
);

-- The last number given to each noun of an office. Counted here and not taken from the highest
-- number in use, so that a number is never given twice.
create table office_counter (
    office_id bigint not null references office (id),
    noun text not null,
    value bigint not null check (value >= 1),
    primary key (office_id, noun)
);

-- In all tables of the set-up, fixed means: the configuration file says so, commands may not change it.

create table office_setting (
    office_id bigint not null references office (id),
    key text not null check (length(key) between 1 and 60),
    value text not null,
    fixed boolean not null check (fixed in (false, true)),
    primary key (office_id, key)
);

create table office_channel (
    office_id bigint not null references office (id),
    used_for text not null check (used_for in ('desk', 'tier3', 'progress', 'notice')),
    channel_id bigint not null,
    fixed boolean not null check (fixed in (false, true)),
    primary key (office_id, used_for)
);

create table office_role (
    office_id bigint not null references office (id),
    capacity text not null check (capacity in ('coordinator', 'adviser', 'observer')),
    role_id bigint not null,
    fixed boolean not null check (fixed in (false, true)),
    primary key (office_id, capacity)
);

create table profession (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    name text not null,
    -- The name with width and case folded away: what makes two names the same.
    folded_name text not null,
    primary key (office_id, id),
    unique (office_id, folded_name)
);

create table profession_alias (
    office_id bigint not null,
    profession_id bigint not null,
    position bigint not null,
    alias text not null,
    primary key (office_id, profession_id, position),
    foreign key (office_id, profession_id) references profession (office_id, id) on delete cascade
);

create table association (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    name text not null,
    folded_name text not null,
    channel_id bigint,
    feedback_id bigint,
    officers_id bigint,
    contacts_id bigint,
    members_id bigint,
    talk text not null check (talk in ('officers', 'members')),
    fixed boolean not null check (fixed in (false, true)),
    primary key (office_id, id),
    unique (office_id, folded_name)
);

create table association_profession (
    office_id bigint not null,
    association_id bigint not null,
    position bigint not null,
    profession_id bigint not null,
    primary key (office_id, association_id, position),
    foreign key (office_id, association_id) references association (office_id, id) on delete cascade,
    foreign key (office_id, profession_id) references profession (office_id, id)
);

create index association_profession_by_profession
    on association_profession (office_id, profession_id);

create table association_scope (
    office_id bigint not null,
    association_id bigint not null,
    position bigint not null,
    scope text not null,
    primary key (office_id, association_id, position),
    foreign key (office_id, association_id) references association (office_id, id) on delete cascade
);

create table circle (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    channel_id bigint not null,
    fixed boolean not null check (fixed in (false, true)),
    primary key (office_id, id),
    unique (office_id, channel_id)
);

create table circle_association (
    office_id bigint not null,
    circle_id bigint not null,
    association_id bigint not null,
    primary key (office_id, circle_id, association_id),
    foreign key (office_id, circle_id) references circle (office_id, id) on delete cascade,
    foreign key (office_id, association_id) references association (office_id, id)
);

create index circle_association_by_association on circle_association (office_id, association_id);
