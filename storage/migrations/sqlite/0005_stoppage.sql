-- What hinders sending: which channel or message, why, since when, and what others could read meanwhile.

-- When the post was last sent or edited, in the time of the database: what was sent just before a
-- channel turned out to be open to others is taken back.
alter table outbox add column sent_at bigint;
-- Set while the post is to be taken back: it is deleted, and the row waits until the channel holds.
alter table outbox add column recalled_at bigint;
-- A settled row of which something small is still to be done (the title of a forum post), not before
-- this time of the database. It keeps nobody waiting.
alter table outbox add column not_before bigint;

create index outbox_not_before on outbox (not_before) where not_before is not null;

-- One row per hindrance from its beginning to its end. Without a subject it is the whole channel that
-- nothing is sent to; with one it is that message alone.
create table stoppage (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    destination text not null check (length(destination) between 1 and 40),
    subject_kind text check (length(subject_kind) between 1 and 20),
    subject_id bigint check ((subject_id is null) = (subject_kind is null)),
    code text not null check (length(code) between 1 and 60),
    -- Whether others can read what stands in the channel.
    widens boolean not null check (widens in (false, true)),
    -- Codes with ids of roles and members as json, such as "role:12".
    details text not null,
    -- By the clock of the office.
    began_at bigint not null,
    ended_at bigint,
    revision bigint not null default 1 check (revision >= 1),
    -- Posts that others could read, posts that were taken back, and messages let go at the end.
    visible_total bigint not null default 0,
    recalled_total bigint not null default 0,
    released_total bigint not null default 0,
    primary key (office_id, id)
);

-- At most one is open per channel use, and per message.
create unique index stoppage_open
    on stoppage (office_id, destination, coalesce(subject_kind, ''), coalesce(subject_id, 0))
    where ended_at is null;

-- The first of the posts that others could read.
create table stoppage_visible (
    office_id bigint not null,
    stoppage_id bigint not null,
    message_id bigint not null,
    channel_id bigint not null,
    thread_id bigint,
    subject_kind text not null check (length(subject_kind) between 1 and 20),
    subject_id bigint not null,
    primary key (office_id, stoppage_id, message_id),
    foreign key (office_id, stoppage_id) references stoppage (office_id, id)
);
