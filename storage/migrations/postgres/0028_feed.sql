-- Feeds (購読): what an office watches for new notices, and what came of each already.

create table feed (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    -- Counts what people should see of it: the beginning and the end of trouble.
    revision bigint not null check (revision >= 1),
    url text not null check (length(url) between 1 and 500),
    title text not null,
    -- The scopes its notices get, one a line.
    scopes text not null,
    watched boolean not null check (watched in (false, true)),
    -- By the clock of the office.
    next_at bigint not null,
    read_at bigint,
    failures bigint not null default 0 check (failures >= 0),
    fault text,
    told boolean not null default false check (told in (false, true)),
    etag text,
    last_modified text,
    made_by bigint not null,
    made_at bigint not null,
    changed_at bigint not null,
    -- Whoever reads it has it until then, in the time of the database; the words of an older claim do not count.
    lease_until bigint,
    claim bigint not null default 0,
    primary key (office_id, id)
);

create index feed_by_due on feed (next_at) where watched;
-- An address is watched once an office.
create unique index feed_by_url on feed (office_id, url) where watched;

-- What is known of a feed's entries: digests of what it calls them and of their links.
create table feed_entry (
    office_id bigint not null,
    feed_id bigint not null,
    key text not null check (length(key) between 1 and 80),
    -- In the order in which they came; the oldest are forgotten.
    number bigint not null,
    -- The notice it became; none for what was passed over.
    notice_id bigint,
    primary key (office_id, feed_id, key),
    foreign key (office_id, feed_id) references feed (office_id, id) on delete cascade,
    foreign key (office_id, notice_id) references notice (office_id, id)
);

create index feed_entry_by_notice on feed_entry (office_id, notice_id) where notice_id is not null;
create index feed_entry_by_number on feed_entry (office_id, feed_id, number);
