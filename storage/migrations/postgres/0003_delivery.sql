-- What lies between two steps of a person, and what is to be said to a channel.

-- What waits between two steps of one person. The body may hold a speaker's name, so it is sealed.
create table draft (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    person bigint not null,
    step text not null check (length(step) between 1 and 60),
    body bytea not null,
    body_key text not null,
    created_at bigint not null,
    expires_at bigint not null,
    primary key (office_id, id)
);

create index draft_by_person on draft (office_id, person, id);
create index draft_by_expiry on draft (expires_at);

-- Interactions that somebody has taken: an event delivered twice acts once.
create table interaction (
    id bigint primary key,
    office_id bigint not null references office (id),
    claimed_at bigint not null
);

create index interaction_by_time on interaction (claimed_at);

-- Hash of the slash commands last registered for an application: they are sent again when it differs.
create table registration (
    application_id bigint primary key,
    hash text not null,
    registered_at bigint not null
);

-- One lane per channel use: only one message at a time goes down a lane. The time it is free again is
-- the end of a lease or of a back-off, in the time of the database.
create table outbox_lane (
    office_id bigint not null references office (id),
    destination text not null check (length(destination) between 1 and 40),
    free_at bigint not null default 0,
    -- The row of the outbox that holds the lane now or held it last.
    held_by bigint,
    primary key (office_id, destination)
);

-- One row per subject and destination says: make this subject right there, as of this revision; and
-- remembers what stands there. It holds no text: what is sent is rendered when it is sent.
create table outbox (
    office_id bigint not null,
    id bigint not null check (id >= 1),
    -- Kinds are an open list, so their words are not listed here: a new one needs no migration.
    subject_kind text not null check (length(subject_kind) between 1 and 20),
    subject_id bigint not null,
    destination text not null,
    -- What the message carries so that it can be found again.
    mark text not null unique check (length(mark) >= 16),
    -- The order of wanting within the office; kept while the row is unsettled.
    sequence bigint not null,
    wanted_revision bigint not null check (wanted_revision >= 1),
    sent_revision bigint not null default 0 check (sent_revision >= 0),
    -- What stands at the destination now.
    channel_id bigint,
    message_id bigint check ((message_id is null) = (channel_id is null)),
    thread_id bigint,
    -- Set while the row waits for a person.
    refused_code text check (length(refused_code) between 1 and 60),
    attempts bigint not null default 0,
    -- Counts claims: who holds an older number holds nothing.
    claims bigint not null default 0,
    lease_owner text,
    lease_until bigint,
    claimed_at bigint check ((lease_owner is null) = (claimed_at is null)),
    -- When the first claim was made that ended without a word; what it did is not known.
    doubtful_since bigint,
    -- By the clock of the office.
    first_wanted_at bigint not null,
    latest_wanted_at bigint not null,
    -- In the time of the database.
    waiting_since bigint not null,
    primary key (office_id, id),
    unique (office_id, subject_kind, subject_id, destination),
    foreign key (office_id, destination) references outbox_lane (office_id, destination)
);

create index outbox_unsettled on outbox (office_id, subject_kind, subject_id, sequence)
    where wanted_revision > sent_revision;
create index outbox_by_lane on outbox (office_id, destination, sequence)
    where wanted_revision > sent_revision;

-- What is due later. The key changes when its date does, and a settled row stays, so that nothing is
-- done twice. Keys are ordered by their letters' codes, as on sqlite.
create table occurrence (
    office_id bigint not null references office (id),
    key text collate ucs_basic not null check (length(key) between 1 and 120),
    due_at bigint not null,
    subject_kind text not null check (length(subject_kind) between 1 and 20),
    subject_id bigint not null,
    settled boolean not null default false,
    primary key (office_id, key)
);

create index occurrence_due on occurrence (due_at) where not settled;
