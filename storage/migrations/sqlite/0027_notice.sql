-- Notices (行政通知): documents of ministry and prefecture with their topics, scopes and wordings.

create table topic (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    name text not null check (length(name) between 1 and 200),
    -- The letters of the name by which topics are told apart.
    folded text not null,
    primary key (office_id, id),
    unique (office_id, folded)
);

create table notice (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    -- Counts every change of it, of its scopes and of what became of it.
    revision bigint not null check (revision >= 1),
    -- It came from a feed, and the desk has not looked at it yet.
    draft boolean not null check (draft in (false, true)),
    title text not null check (length(title) between 1 and 400),
    -- What the issuer calls it (事務連絡, 3介334号通知), in free words.
    number text,
    issuer text,
    issued_on text,
    topic_id bigint,
    link text,
    origin text not null check (length(origin) between 1 and 20),
    -- Who wrote it down; a feed is nobody.
    added_by bigint,
    created_at bigint not null,
    changed_at bigint not null,
    retracted boolean not null default false check (retracted in (false, true)),
    primary key (office_id, id),
    foreign key (office_id, topic_id) references topic (office_id, id)
);

create index notice_by_day on notice (office_id, issued_on, id);
create index notice_by_topic on notice (office_id, topic_id, issued_on, id);

-- Whom a notice is for, as tags; those of associations stand with them.
create table notice_scope (
    office_id bigint not null,
    notice_id bigint not null,
    position bigint not null check (position >= 0),
    scope text not null check (length(scope) between 1 and 80),
    primary key (office_id, notice_id, position),
    unique (office_id, scope, notice_id),
    foreign key (office_id, notice_id) references notice (office_id, id) on delete cascade
);

-- What became of a notice: replaced in part or whole, or abolished; the last one that counts on a day says
-- how it stands on that day.
create table notice_change (
    office_id bigint not null,
    notice_id bigint not null,
    position bigint not null check (position >= 0),
    what text not null check (length(what) between 1 and 20),
    -- The first day on which it is so; null when nobody knows, and then it is so already.
    counts_from text,
    by_id bigint,
    part text,
    primary key (office_id, notice_id, position),
    foreign key (office_id, notice_id) references notice (office_id, id) on delete cascade,
    foreign key (office_id, by_id) references notice (office_id, id)
);

create index notice_change_by_successor on notice_change (office_id, by_id, notice_id);

-- The wordings of a notice, in versions that never change.
create table notice_wording (
    office_id bigint not null,
    notice_id bigint not null,
    version bigint not null check (version >= 1),
    wording text not null check (length(wording) between 1 and 80000),
    added_by bigint,
    added_at bigint not null,
    primary key (office_id, notice_id, version),
    foreign key (office_id, notice_id) references notice (office_id, id) on delete cascade
);

-- What searches look through, as for issues: the letters of the title, those of everything else, and the
-- pairs of letters by which an index finds them.
create table notice_letters (
    id integer primary key,
    office_id bigint not null,
    notice_id bigint not null,
    folded text not null,
    beside text not null,
    grams text,
    -- Which version of the rule made them: others are made anew by housekeeping.
    made_by bigint not null default 0,
    unique (office_id, notice_id),
    foreign key (office_id, notice_id) references notice (office_id, id) on delete cascade
);

create index notice_letters_by_version on notice_letters (made_by);

create virtual table notice_gram using fts5 (
    grams, content = 'notice_letters', content_rowid = 'id', tokenize = 'ascii', detail = none,
    columnsize = 0
);

create trigger notice_letters_enter_index after insert on notice_letters when new.grams is not null
begin
    insert into notice_gram (rowid, grams) values (new.id, new.grams);
end;

create trigger notice_letters_leave_index after delete on notice_letters when old.grams is not null
begin
    insert into notice_gram (notice_gram, rowid, grams) values ('delete', old.id, old.grams);
end;

create trigger notice_letters_change_in_index after update of grams on notice_letters
    when old.grams is not new.grams
begin
    insert into notice_gram (notice_gram, rowid, grams)
        select 'delete', old.id, old.grams where old.grams is not null;
    insert into notice_gram (rowid, grams) select new.id, new.grams where new.grams is not null;
end;
