-- What was done, by whom: the audit says it without a word of content, the history keeps the states.

create table audit_entry (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    at bigint not null,
    who bigint not null,
    act text not null check (length(act) between 1 and 60),
    -- What it was done to; missing for the set-up of the office itself.
    subject_kind text check (length(subject_kind) between 1 and 20),
    subject_id bigint check ((subject_id is null) = (subject_kind is null)),
    -- Pairs of codes as json; never wording.
    details text not null,
    primary key (office_id, id)
);

create index audit_entry_by_time on audit_entry (office_id, at);

-- Entries stay as they were written. When keeping times are carried out, their migration lets go of
-- these triggers for one marked deletion.
create trigger audit_entry_is_not_changed before update on audit_entry
begin
    select raise(abort, 'the audit is append-only');
end;

create trigger audit_entry_is_not_deleted before delete on audit_entry
begin
    select raise(abort, 'the audit is append-only');
end;

-- The state of a record before and after each change, as json without the speaker.
create table history_entry (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    subject_kind text not null check (length(subject_kind) between 1 and 20),
    subject_id bigint not null,
    at bigint not null,
    who bigint not null,
    act text not null check (length(act) between 1 and 60),
    before_state text,
    after_state text not null,
    primary key (office_id, id)
);

create index history_entry_by_subject on history_entry (office_id, subject_kind, subject_id, id);
