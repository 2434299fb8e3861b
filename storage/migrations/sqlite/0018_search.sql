-- Searching: every wording knows the pairs of letters in it, and an index finds wordings by them.

-- Built anew, because the index refers to a row by a number of its own.
create table issue_wording_anew (
    id integer primary key,
    office_id bigint not null,
    issue_id bigint not null,
    audience text not null check (length(audience) between 1 and 60),
    -- The letters of the wording, in which a word is looked for.
    folded text not null,
    -- The same of the note, of an original that has one.
    note text,
    -- The pairs of letters of both, and the office; missing until they are made.
    grams text,
    -- Which version of the rule made the three above: others are made anew by housekeeping.
    made_by bigint not null default 0,
    unique (office_id, audience, issue_id),
    foreign key (office_id, issue_id) references issue (office_id, id) on delete cascade
);

insert into issue_wording_anew (office_id, issue_id, audience, folded)
    select office_id, issue_id, audience, folded from issue_wording
    order by office_id, issue_id, audience;

drop table issue_wording;
alter table issue_wording_anew rename to issue_wording;

create index issue_wording_by_issue on issue_wording (office_id, issue_id);
create index issue_wording_by_version on issue_wording (made_by);

-- It holds numbers and pairs only, the texts stay where they are.
create virtual table issue_gram using fts5 (
    grams, content = 'issue_wording', content_rowid = 'id', tokenize = 'ascii', detail = none,
    columnsize = 0
);

create trigger issue_wording_enters_index after insert on issue_wording when new.grams is not null
begin
    insert into issue_gram (rowid, grams) values (new.id, new.grams);
end;

create trigger issue_wording_leaves_index after delete on issue_wording when old.grams is not null
begin
    insert into issue_gram (issue_gram, rowid, grams) values ('delete', old.id, old.grams);
end;

create trigger issue_wording_changes_in_index after update of grams on issue_wording
    when old.grams is not new.grams
begin
    insert into issue_gram (issue_gram, rowid, grams)
        select 'delete', old.id, old.grams where old.grams is not null;
    insert into issue_gram (rowid, grams) select new.id, new.grams where new.grams is not null;
end;
